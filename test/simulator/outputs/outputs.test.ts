// Formats of outputs, from the clouds' documentation. Not proven here: what a real cloud would return.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { withName } from "../../../simulator/autoname.ts";
import { zoneId } from "../../../simulator/outputs/aws-ec2.ts";
import type { Making } from "../../../simulator/outputs/making.ts";
import { idOf, stateOf } from "../../../simulator/outputs/state.ts";
import { placeOf } from "../../../simulator/place.ts";
import { type Property, resourceSchema } from "../../../simulator/schema/index.ts";
import { type Bag, hasUnknown, UNKNOWN } from "../../../simulator/wire.ts";
import { configs, type Played, playedCloud } from "../../support/played-cloud.ts";

const { resources } = JSON.parse(
  readFileSync(new URL("../../../tools/generate/types.json", import.meta.url), "utf8"),
) as { resources: string[] };
const clouds = resources.filter((type) => /^(aws|gcp):/.test(type));

/** A making with a value in every required input. */
function making(type: string, name = "res"): Making {
  const schema = resourceSchema(type)!;
  const inputs: Bag = {};
  for (const [property, { required, type: shape }] of Object.entries(schema.properties)) {
    if (required) inputs[property] = sample(property, shape);
  }
  const urn = `urn:pulumi:s::p::${type}::${name}`;
  const place = placeOf(type, schema, inputs, configs[type.split(":")[0]!]!);
  if (place.cloud === "kubernetes") throw new Error(type);
  const base = {
    schema,
    urn,
    generation: 1,
    place,
    inputs: withName(schema, urn, inputs, {}),
    previous: undefined,
    references: [],
    refer: () => undefined,
  };
  return { ...base, id: idOf({ ...base, id: "" }) };
}

function sample(name: string, shape: Property["type"]): unknown {
  if (name === "secretId") return "arn:aws:secretsmanager:us-east-1:111122223333:secret:s-abcdef";
  if (name === "clusterArn") return "arn:aws:kafka:us-east-1:111122223333:cluster/c/a-7";
  if (shape === "string") return name === "project" ? "acme-test" : `a-${name}`;
  if (shape === "number") return 1;
  if (shape === "boolean") return true;
  if (typeof shape === "object" && "array" in shape) return [];
  return {};
}

describe("ids of resolver endpoints", () => {
  test("depend on the direction", () => {
    const type = "aws:route53/resolverEndpoint:ResolverEndpoint";
    const of = (direction: string) => {
      const { inputs, ...made } = making(type);
      return idOf({ ...made, id: "", inputs: { ...inputs, direction } });
    };
    assert.match(of("INBOUND"), /^rslvr-in-0[0-9a-f]{16}$/);
    assert.match(of("OUTBOUND"), /^rslvr-out-0[0-9a-f]{16}$/);
  });
});

describe("targets of a database proxy", () => {
  test("are in the default group, by the name of the cluster", () => {
    const group = stateOf(making("aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup"), false);
    assert.equal(group.name, "default");
    const { inputs, ...made } = making("aws:rds/proxyTarget:ProxyTarget");
    const target = { dbProxyName: "p", targetGroupName: "default", dbClusterIdentifier: "c" };
    const cluster = { ...made, inputs: { ...inputs, ...target } };
    const id = idOf({ ...cluster, id: "" });
    assert.equal(id, "p/default/TRACKED_CLUSTER/c");
    const { type, rdsResourceId, trackedClusterId, port } = stateOf({ ...cluster, id }, false);
    assert.deepEqual(
      [type, rdsResourceId, trackedClusterId, port],
      ["TRACKED_CLUSTER", "c", "", 5432],
    );
  });
});

describe("an empty name", () => {
  test("is kept, as the bridge does", () => {
    const schema = resourceSchema("aws:sqs/queue:Queue")!;
    assert.equal(withName(schema, "urn:pulumi:s::p::t::q", { name: "" }, {}).name, "");
    assert.match(String(withName(schema, "urn:pulumi:s::p::t::q", {}, {}).name), /^q-/);
  });
});

describe("ACLs of Managed Kafka", () => {
  test("have the parts of their id", () => {
    const parts = (aclId: string) => {
      const { inputs, ...made } = making("gcp:managedkafka/acl:Acl");
      const state = stateOf({ ...made, inputs: { ...inputs, aclId } }, false);
      return [state.resourceType, state.resourceName, state.patternType];
    };
    assert.deepEqual(parts("topic/orders"), ["TOPIC", "orders", "LITERAL"]);
    assert.deepEqual(parts("topicPrefixed/orders."), ["TOPIC", "orders.", "PREFIXED"]);
    assert.deepEqual(parts("consumerGroup/g"), ["GROUP", "g", "LITERAL"]);
    assert.deepEqual(parts("transactionalIdPrefixed/t"), ["TRANSACTIONAL_ID", "t", "PREFIXED"]);
    assert.deepEqual(parts("allConsumerGroups"), ["GROUP", "*", "LITERAL"]);
    assert.deepEqual(parts("cluster"), ["CLUSTER", "kafka-cluster", "LITERAL"]);
  });
});

describe("every type of the schemas", () => {
  test("has an id, and every output that is never undefined", () => {
    for (const type of clouds) {
      const made = making(type);
      assert.notEqual(made.id, "", type);
      const state = stateOf(made, false);
      assert.ok(!hasUnknown(state), type);
      for (const [name, property] of Object.entries(made.schema.properties)) {
        if (property.always && !property.inputOnly)
          assert.notEqual(state[name], undefined, `${type} ${name}`);
      }
    }
  });

  test("has the same outputs again, and others for another resource", () => {
    for (const type of clouds) {
      assert.deepEqual(stateOf(making(type), false), stateOf(making(type), false), type);
    }
    const arns = ["a", "b"].map((name) => stateOf(making("aws:kms/key:Key", name), false).arn);
    assert.notEqual(arns[0], arns[1]);
  });

  test("has known inputs and unknown computed values in a preview", () => {
    for (const type of clouds) {
      const made = making(type);
      const state = stateOf(made, true);
      for (const [name, value] of Object.entries(made.inputs)) {
        if (typeof value === "string" && state[name] !== undefined)
          assert.equal(state[name], value, `${type} ${name}`);
      }
      if (made.schema.properties.arn?.computed) assert.equal(state.arn, UNKNOWN, type);
      if (made.schema.properties.selfLink?.computed) assert.equal(state.selfLink, UNKNOWN, type);
    }
  });

  test("has an ARN of the right service, region and account", () => {
    for (const type of clouds) {
      const { arn } = stateOf(making(type), false);
      if (typeof arn !== "string" || !resourceSchema(type)?.properties.arn?.computed) continue;
      assert.match(arn, /^arn:aws:[a-z0-9-]+:(us-east-1)?:(111122223333)?:.+/, type);
      if (type.startsWith("aws:iam/")) assert.match(arn, /^arn:aws:iam::111122223333:/, type);
    }
  });
});

test("a connector has its full name, below its Connect cluster", () => {
  const made = making("gcp:managedkafka/connector:Connector");
  const workers = "projects/acme-test/locations/a-location/connectClusters/a-connectCluster";
  assert.equal(made.id, `${workers}/connectors/a-connectorId`);
  assert.equal(stateOf(made, false).name, made.id);
});

test("a Memorystore instance has an address for each use, and its own CA", () => {
  const base = making("gcp:memorystore/instance:Instance");
  const endpoints = (mode: string) => {
    const desiredAutoCreatedEndpoints = [{ network: "n", projectId: "acme-test" }];
    const inputs = { ...base.inputs, mode, desiredAutoCreatedEndpoints };
    const state = stateOf({ ...base, inputs }, false);
    assert.match(JSON.stringify(state.managedServerCas), /BEGIN CERTIFICATE/);
    const [made] = state.endpoints as { connections: { pscAutoConnection: Bag }[] }[];
    return made!.connections.map(({ pscAutoConnection }) => pscAutoConnection.connectionType);
  };
  assert.deepEqual(endpoints("CLUSTER"), ["CONNECTION_TYPE_DISCOVERY"]);
  assert.deepEqual(endpoints("CLUSTER_DISABLED"), [
    "CONNECTION_TYPE_PRIMARY",
    "CONNECTION_TYPE_READER",
  ]);
});

test("the tunnels of a connection have AWS addresses and generated keys", () => {
  const state = stateOf(making("aws:ec2/vpnConnection:VpnConnection"), false);
  for (const tunnel of [1, 2]) {
    assert.match(String(state[`tunnel${tunnel}Address`]), /^198\.18\.\d+\.\d+$/);
    assert.match(String(state[`tunnel${tunnel}PresharedKey`]), /^[0-9a-f]{32}$/);
  }
  assert.notEqual(state.tunnel1PresharedKey, state.tunnel2PresharedKey);
});

describe("well-known formats", () => {
  let cloud: Played;
  before(() => {
    cloud = playedCloud();
  });
  after(() => cloud.stop());

  const cases: [type: string, inputs: Bag, id: RegExp, outputs: Record<string, RegExp>][] = [
    [
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.0/16" },
      /^vpc-0[0-9a-f]{16}$/,
      {
        arn: /^arn:aws:ec2:us-east-1:111122223333:vpc\/vpc-0/,
        defaultSecurityGroupId: /^sg-0[0-9a-f]{16}$/,
        mainRouteTableId: /^rtb-0[0-9a-f]{16}$/,
      },
    ],
    ["aws:ec2/eip:Eip", { domain: "vpc" }, /^eipalloc-0/, { publicIp: /^203\.0\.113\.\d+$/ }],
    [
      "aws:kms/key:Key",
      {},
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      { arn: /:key\/[0-9a-f-]{36}$/ },
    ],
    [
      "aws:sqs/queue:Queue",
      { name: "q" },
      /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/111122223333\/q$/,
      { arn: /^arn:aws:sqs:us-east-1:111122223333:q$/ },
    ],
    [
      "aws:iam/role:Role",
      { name: "r", assumeRolePolicy: "{}" },
      /^r$/,
      { arn: /^arn:aws:iam::111122223333:role\/r$/, uniqueId: /^AROA[0-9A-F]{16}$/ },
    ],
    [
      "aws:glue/schema:Schema",
      { schemaName: "s", dataFormat: "JSON", compatibility: "NONE", schemaDefinition: "[]" },
      /^arn:aws:glue:us-east-1:111122223333:schema\/default-registry\/s$/,
      {},
    ],
    [
      "aws:s3/bucket:Bucket",
      { bucket: "b-acme" },
      /^b-acme$/,
      {
        arn: /^arn:aws:s3:::b-acme$/,
        bucketRegionalDomainName: /^b-acme\.s3\.us-east-1\.amazonaws\.com$/,
      },
    ],
    [
      "aws:ec2/launchTemplate:LaunchTemplate",
      { name: "template" },
      /^lt-0/,
      { latestVersion: /^1$/ },
    ],
    [
      "gcp:compute/network:Network",
      { name: "n" },
      /^projects\/acme-test\/global\/networks\/n$/,
      {
        selfLink:
          /^https:\/\/www\.googleapis\.com\/compute\/v1\/projects\/acme-test\/global\/networks\/n$/,
        numericId: /^\d{19}$/,
      },
    ],
    [
      "gcp:serviceaccount/account:Account",
      { accountId: "worker" },
      /^projects\/acme-test\/serviceAccounts\/worker@acme-test\.iam\.gserviceaccount\.com$/,
      {
        email: /^worker@/,
        uniqueId: /^\d{21}$/,
      },
    ],
    [
      "gcp:monitoring/notificationChannel:NotificationChannel",
      { type: "email" },
      /^projects\/acme-test\/notificationChannels\/\d{19}$/,
      { name: /^projects\/acme-test\/notificationChannels\/\d{19}$/ },
    ],
    [
      "gcp:kms/keyRing:KeyRing",
      { name: "k", location: "europe-west1" },
      /^projects\/acme-test\/locations\/europe-west1\/keyRings\/k$/,
      {},
    ],
  ];
  for (const [type, inputs, id, outputs] of cases) {
    test(type, () => {
      const made = cloud.make(type, type, inputs);
      assert.match(made.id, id);
      for (const [name, form] of Object.entries(outputs))
        assert.match(String(made.state[name]), form, name);
    });
  }

  test("a launch template gets a new version with every change", () => {
    const made = cloud.make("aws:ec2/launchTemplate:LaunchTemplate", "versions", {
      name: "versions",
    });
    const changed = cloud.update(made, { ...made.inputs, instanceType: "m7g.large" });
    assert.deepEqual(
      [made.state.latestVersion, changed.state.latestVersion, changed.state.defaultVersion],
      [1, 2, 1],
    );
    assert.equal(changed.id, made.id);
  });

  test("a GKE cluster has an IP and a DNS endpoint, and a CA in PEM format", () => {
    const { state } = cloud.make("gcp:container/cluster:Cluster", "c", {
      location: "europe-west1",
      initialNodeCount: 1,
    });
    assert.match(String(state.endpoint), /^34\.\d+\.\d+\.\d+$/);
    const { dnsEndpointConfig } = state.controlPlaneEndpointsConfig as {
      dnsEndpointConfig: { endpoint: string };
    };
    assert.match(dnsEndpointConfig.endpoint, /^gke-[0-9a-f]{40}-\d{12}\.europe-west1\.gke\.goog$/);
    const { clusterCaCertificate } = state.masterAuth as { clusterCaCertificate: string };
    const pem = Buffer.from(clusterCaCertificate, "base64").toString();
    assert.match(new X509Certificate(pem).subject, /CN=/);
  });
});

test("a zone's id is the region's short form and the letter's number", () => {
  const ids = [
    "us-east-1a",
    "us-east-1f",
    "eu-west-1b",
    "ap-southeast-2c",
    "ap-northeast-1d",
    "us-gov-west-1a",
    "ca-central-1d",
  ];
  assert.deepEqual(ids.map(zoneId), [
    "use1-az1",
    "use1-az6",
    "euw1-az2",
    "apse2-az3",
    "apne1-az4",
    "usgw1-az1",
    "cac1-az4",
  ]);
});
