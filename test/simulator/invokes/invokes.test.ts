// Data sources. The engine tests prove the format of calls; not proven here: what the clouds would answer today.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { putExisting } from "../../../simulator/existing.ts";
import { invoke } from "../../../simulator/invokes/index.ts";
import { policyDocument } from "../../../simulator/invokes/policy-document.ts";
import { invokeSchema } from "../../../simulator/schema/index.ts";
import { type Bag, UNKNOWN } from "../../../simulator/wire.ts";
import { configs, type Played, playedCloud } from "../../support/played-cloud.ts";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const ask = (token: string, args: Bag = {}): Bag => {
  const { result, failures } = invoke(
    token,
    args,
    configs[token.split(":")[0]!] ?? {},
    cloud.store,
  );
  assert.deepEqual(failures, []);
  return result;
};

test("identity and region come from the provider", () => {
  assert.equal(ask("aws:index/getCallerIdentity:getCallerIdentity").accountId, "111122223333");
  assert.equal(ask("aws:index/getRegion:getRegion").region, "us-east-1");
  assert.equal(ask("aws:index/getPartition:getPartition").partition, "aws");
  assert.equal(ask("gcp:organizations/getClientConfig:getClientConfig").project, "acme-test");
  assert.match(String(ask("gcp:organizations/getProject:getProject").number), /^\d{12}$/);
});

test("zones are those of the region, with different ids", () => {
  const { names, zoneIds } = ask("aws:index/getAvailabilityZones:getAvailabilityZones", {
    state: "available",
  });
  assert.deepEqual([(names as string[])[0], (zoneIds as string[])[0]], ["us-east-1a", "use1-az1"]);
  assert.deepEqual(ask("gcp:compute/getZones:getZones").names, [
    "europe-west1-b",
    "europe-west1-c",
    "europe-west1-d",
  ]);
});

test("an unknown argument makes the whole result unknown", () => {
  assert.deepEqual(ask("aws:eks/getClusterAuth:getClusterAuth", { name: UNKNOWN }), {});
});

test("arguments are checked against the schema", () => {
  const { failures } = invoke(
    "aws:eks/getClusterAuth:getClusterAuth",
    { nane: "x" },
    configs.aws!,
    cloud.store,
  );
  assert.deepEqual(failures.map(({ property }) => property).sort(), ["name", "nane"]);
});

test("a data source may omit the noun in property names", () => {
  const { state } = cloud.make("aws:rds/cluster:Cluster", "first", {
    engine: "aurora-postgresql",
    masterUsername: "postgres",
    manageMasterUserPassword: true,
    skipFinalSnapshot: true,
  });
  const sourceDbClusterIdentifier = String(state.arn);
  const global = (name: string, given: Bag = {}) =>
    cloud.make("aws:rds/globalCluster:GlobalCluster", name, {
      globalClusterIdentifier: name,
      ...given,
    });
  global("followed", { sourceDbClusterIdentifier, forceDestroy: true });
  global("empty", { engine: "aurora-postgresql" });
  const members = (identifier: string) =>
    ask("aws:rds/getGlobalCluster:getGlobalCluster", { identifier }).members;
  assert.deepEqual(members("followed"), [
    { dbClusterArn: sourceDbClusterIdentifier, isWriter: true, readers: [] },
  ]);
  assert.deepEqual(members("empty"), []);
});

test("a data source that describes a resource is answered from the existing one", () => {
  const vpc = cloud.make("aws:ec2/vpc:Vpc", "v", {
    cidrBlock: "10.0.0.0/16",
    tags: { Name: "one" },
  });
  const other = cloud.make("aws:ec2/vpc:Vpc", "w", {
    cidrBlock: "10.1.0.0/16",
    tags: { Name: "two" },
  });
  assert.equal(ask("aws:ec2/getVpc:getVpc", { id: vpc.id }).cidrBlock, "10.0.0.0/16");
  assert.equal(ask("aws:ec2/getVpc:getVpc", { tags: { Name: "two" } }).id, other.id);
  assert.throws(
    () => ask("aws:ec2/getVpc:getVpc", { id: "vpc-0123456789abcdef0" }),
    /no matching aws:ec2\/vpc:Vpc/,
  );
  assert.throws(() => ask("aws:ec2/getVpc:getVpc"), /multiple/);
  const subnet = cloud.make("aws:ec2/subnet:Subnet", "s", {
    vpcId: vpc.id,
    cidrBlock: "10.0.0.0/24",
  });
  const filters = [{ name: "vpc-id", values: [vpc.id] }];
  assert.deepEqual(ask("aws:ec2/getSubnets:getSubnets", { filters }).ids, [subnet.id]);
  assert.deepEqual(
    ask("aws:ec2/getSubnets:getSubnets", { filters: [{ name: "vpc-id", values: [other.id] }] }).ids,
    [],
  );
});

test("a data source without a schema is refused with the cure", () => {
  assert.throws(() => ask("aws:chime/getThing:getThing"), /add it to tools\/generate\/types\.json/);
});

test("images, parameters and add-on versions have the real format", () => {
  const name =
    "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id";
  assert.match(
    String(ask("aws:ssm/getParameter:getParameter", { name }).value),
    /^ami-0[0-9a-f]{16}$/,
  );
  const args = { addonName: "coredns", kubernetesVersion: "1.35" };
  assert.match(
    String(ask("aws:eks/getAddonVersion:getAddonVersion", args).version),
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
  );
  assert.match(
    String(
      ask("gcp:container/getEngineVersions:getEngineVersions", { versionPrefix: "1.34." })
        .latestMasterVersion,
    ),
    /^1\.34\.\d+-gke\.\d+$/,
  );
});

test("YAML is decoded into its objects, with the default namespace", () => {
  const text =
    "kind: A\nmetadata: {name: a}\n---\n---\nkind: B\nmetadata: {name: b, namespace: own}\n";
  const { result } = ask("kubernetes:yaml:decode", { text, defaultNamespace: "app" });
  assert.deepEqual(result, [
    { kind: "A", metadata: { name: "a", namespace: "app" } },
    { kind: "B", metadata: { name: "b", namespace: "own" } },
  ]);
});

describe("policy documents", () => {
  const rendered = (args: Bag) => JSON.parse(String(policyDocument(args).json)) as Bag;

  test("a single value is not a list, several are in descending order, empty fields are omitted", () => {
    const statements = [
      {
        actions: ["s3:GetObject", "s3:PutObject"],
        resources: ["*"],
        principals: [{ type: "Service", identifiers: ["eks.amazonaws.com"] }],
      },
    ];
    assert.deepEqual(rendered({ statements }), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject"],
          Resource: "*",
          Principal: { Service: "eks.amazonaws.com" },
        },
      ],
    });
  });

  test("conditions are grouped by operator, all principals are a star", () => {
    const conditions = [
      { test: "StringEquals", variable: "a", values: ["1"] },
      { test: "StringEquals", variable: "b", values: ["2", "3"] },
    ];
    const statements = [
      {
        effect: "Deny",
        actions: ["*"],
        resources: ["*"],
        principals: [{ type: "*", identifiers: ["*"] }],
        conditions,
      },
    ];
    const [statement] = rendered({ statements }).Statement as Bag[];
    assert.equal(statement?.Principal, "*");
    assert.deepEqual(statement?.Condition, { StringEquals: { a: "1", b: ["2", "3"] } });
  });

  test("source documents come first, and overriding statements replace those with the same id", () => {
    const source = JSON.stringify({
      Statement: [
        { Sid: "A", Effect: "Allow" },
        { Sid: "B", Effect: "Allow" },
      ],
    });
    const override = JSON.stringify({ Statement: { Sid: "A", Effect: "Deny" } });
    const { Statement } = rendered({
      sourcePolicyDocuments: [source],
      overridePolicyDocuments: [override],
    });
    assert.deepEqual(Statement, [
      { Sid: "B", Effect: "Allow" },
      { Sid: "A", Effect: "Deny" },
    ]);
  });

  test("JSON is indented by two, and also available minified", () => {
    const { json, minifiedJson } = policyDocument({
      statements: [{ actions: ["a:B"], resources: ["*"] }],
    });
    assert.equal(String(json).split("\n")[1], '  "Version": "2012-10-17",');
    assert.equal(
      minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*"}]}',
    );
  });
});

describe("clusters", () => {
  const config = configs.gcp as { project: string; region: string };

  test("nested objects of a cluster are lists, also where it has none", () => {
    putExisting(cloud.store, [
      {
        type: "gcp:container/cluster:Cluster",
        id: `projects/${config.project}/locations/${config.region}/clusters/shop`,
        config,
        inputs: {
          name: "shop",
          location: config.region,
          initialNodeCount: 1,
          controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
        },
      },
    ]);
    const seen = ask("gcp:container/getCluster:getCluster", {
      name: "shop",
      location: config.region,
    });
    const [endpoints] = seen.controlPlaneEndpointsConfigs as { dnsEndpointConfigs: Bag[] }[];
    assert.equal(endpoints?.dnsEndpointConfigs[0]?.allowExternalTraffic, true);
    assert.deepEqual(seen.databaseEncryptions, [{ state: "DECRYPTED" }]);
    const lists = Object.entries(invokeSchema("gcp:container/getCluster:getCluster")!.result)
      .filter(([, { type }]) => typeof type === "object" && "array" in type)
      .map(([name]) => name);
    assert.ok(lists.length > 30);
    for (const name of lists) assert.ok(Array.isArray(seen[name]), name);
  });

  test("the Cloud Control API has the encryption of a cluster", () => {
    const asked = { typeName: "AWS::EKS::Cluster", identifier: "shop" };
    const token = "aws:cloudcontrol/getResource:getResource";
    assert.throws(
      () => ask(token, asked),
      /no AWS::EKS::Cluster with the identifier shop was found/,
    );
  });
});
