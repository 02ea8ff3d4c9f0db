// That AWS and Google Cloud describe clusters in this form is not proven here; test/e2e/existing.long.e2e.test.ts looks them up in the embedded
// cloud.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type AwsClusterFacts,
  awsClusterProblems,
  type EksFacts,
} from "../../../components/cluster/aws-existing-checks.ts";
import { awsExistingClusterSpec } from "../../../components/cluster/aws-existing-schema.ts";
import {
  type GkeFacts,
  gcpClusterProblems,
} from "../../../components/cluster/gcp-existing-checks.ts";
import { gcpExistingClusterSpec } from "../../../components/cluster/gcp-existing-schema.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { awsFacts, awsInput, awsSpec, gcpFacts, gcpInput, gcpSpec } from "./existing-fixture.ts";

const missing = { failure: "ResourceNotFoundException" };

describe("an existing EKS cluster", () => {
  test("is accepted as it is, while it is updated, and with a restricted public endpoint", () => {
    for (const changes of [
      {},
      { status: "UPDATING" },
      { authenticationMode: "API" },
      { publicCidrs: ["203.0.113.0/24"] },
    ]) {
      assert.deepEqual(awsClusterProblems(awsSpec, awsFacts(changes)), []);
    }
  });

  const cases: [string, Partial<EksFacts>, RegExp, unknown?][] = [
    ["is not active", { status: "DELETING" }, /must be ACTIVE/],
    ["is in another VPC", { vpcId: "vpc-02" }, /must be in vpc-01, the VPC of network\.existing/],
    ["has another version", { version: "1.34" }, /must be the cluster's version, "1\.34"/, "1.35"],
    ["uses Auto Mode", { autoMode: true }, /must not use EKS Auto Mode/, "Auto Mode"],
    ["has no access entries", { authenticationMode: "CONFIG_MAP" }, /must have access entries/],
    ["has no private endpoint", { privateEndpoint: false }, /must have the private endpoint/],
    [
      "is open to the internet",
      { publicCidrs: ["203.0.113.0/24", "0.0.0.0/0"] },
      /must not open its public endpoint/,
    ],
    ["has IPv6 pods", { ipFamily: "ipv6" }, /must have the IP family ipv4/],
    [
      "has services in the block of another cell",
      { serviceCidr: "10.48.0.0/20" },
      /must have a service CIDR that does not overlap 10\.48\.0\.0\/16/,
    ],
  ];
  for (const [why, changes, message, got = Object.values(changes)[0]] of cases) {
    test(`is refused if it ${why}`, () => {
      const problems = awsClusterProblems(awsSpec, awsFacts(changes));
      assert.equal(problems.length, 1);
      assert.match(problems[0]!.message, message);
      assert.deepEqual(problems[0]!.got, got);
    });
  }

  const lookups: [string, Partial<AwsClusterFacts>, RegExp][] = [
    ["has no key for secrets", { secretsKey: { facts: undefined } }, /must encrypt Kubernetes/],
    ["has an unreadable encryption", { secretsKey: missing }, /cloudformation:GetResource/],
    ["has no pod identity agent", { podIdentityAgent: missing }, /add-on eks-pod-identity-agent/],
    ["has no vpc-cni add-on", { networkPlugin: missing }, /must have the EKS add-on vpc-cni/],
    [
      "does not enforce network policies",
      { networkPlugin: { facts: { networkPolicy: undefined, ownRole: true } } },
      /set enableNetworkPolicy/,
    ],
    [
      "takes the permissions of the network plugin from its nodes",
      { networkPlugin: { facts: { networkPolicy: "true", ownRole: false } } },
      /must have a role for its add-on vpc-cni/,
    ],
  ];
  for (const [why, changes, message] of lookups) {
    test(`is refused if it ${why}`, () => {
      const problems = awsClusterProblems(awsSpec, { ...awsFacts(), ...changes });
      assert.equal(problems.length, 1);
      assert.match(problems[0]!.message, message);
    });
  }

  test("that is not found is one problem; several failed checks are all reported", () => {
    const gone = { cluster: missing, secretsKey: missing, podIdentityAgent: missing };
    assert.deepEqual(awsClusterProblems(awsSpec, { ...gone, networkPlugin: missing }), [
      {
        path: "existing.name",
        message: "must name an EKS cluster that can be looked up: ResourceNotFoundException",
      },
    ]);
    const bad = awsFacts({ status: "FAILED", vpcId: "vpc-02", version: "1.34", autoMode: true });
    assert.equal(awsClusterProblems(awsSpec, bad).length, 4);
  });
});

describe("an existing GKE cluster", () => {
  test("is accepted as it is, with Calico, and with a restricted public endpoint", () => {
    for (const changes of [
      {},
      { version: "1.35.0-gke.1" },
      { datapath: "LEGACY_DATAPATH", calico: true },
      { publicEndpoint: true, authorizedNetworks: ["203.0.113.0/24"] },
      { dnsEndpoint: undefined },
    ]) {
      assert.deepEqual(gcpClusterProblems(gcpSpec, gcpFacts(changes)), []);
    }
  });

  const cases: [string, Partial<GkeFacts>, RegExp][] = [
    ["is older than the manifest", { version: "1.34.1-gke.1" }, /must not be newer than the clus/],
    ["is Autopilot", { autopilot: true }, /must be a Standard cluster/],
    ["is in another network", { network: "projects/p/global/networks/prod" }, /must be in prod/],
    ["is in another subnetwork", { subnetwork: "projects/p/x" }, /must be in nodes/],
    ["has another range for pods", { podRange: "" }, /VPC-native with pods/],
    ["has another range for services", { serviceRange: "other" }, /VPC-native with services/],
    ["has public nodes", { privateNodes: false }, /must have private nodes/],
    ["is open to the internet", { publicEndpoint: true }, /must not open its control plane to the/],
    [
      "is open to the internet by a block",
      { publicEndpoint: true, authorizedNetworks: ["0.0.0.0/0"] },
      /must not open its control plane to the internet/,
    ],
    [
      "is open to Google Cloud customers",
      { publicEndpoint: true, authorizedNetworks: [], googlePublicAddresses: true },
      /public addresses of Google Cloud/,
    ],
    ["has no endpoint", { dnsEndpoint: undefined, ipEndpoint: "" }, /must have an endpoint/],
    ["has no Workload Identity", { workloadPool: "" }, /with the pool acme-prod\.svc\.id\.goog/],
    ["enforces no network policies", { datapath: "LEGACY_DATAPATH" }, /must enforce network pol/],
    ["has no key for secrets", { encryption: "DECRYPTED" }, /must encrypt Kubernetes secrets/],
    ["has legacy authorization", { legacyAuthorization: true }, /legacy authorization/],
    ["has no CSI driver", { persistentDiskDriver: false }, /persistent disk CSI driver/],
  ];
  for (const [why, changes, message] of cases) {
    test(`is refused if it ${why}`, () => {
      const problems = gcpClusterProblems(gcpSpec, gcpFacts(changes));
      assert.equal(problems.length, 1);
      assert.match(problems[0]!.message, message);
    });
  }

  test("that is not found is one problem", () => {
    const [problem, ...others] = gcpClusterProblems(gcpSpec, { cluster: missing });
    assert.match(problem!.message, /must name a GKE cluster that can be looked up/);
    assert.deepEqual(others, []);
  });
});

describe("settings beside `existing`", () => {
  const pathsOf = (schema: Parameters<typeof checkSpec>[0], data: object) =>
    checkSpec(schema, data, "")
      .problems.map(({ path }) => path.replace(/^: /, ""))
      .sort();

  test("that only a created cluster has are refused together", () => {
    const aws = {
      ...awsInput,
      endpointPublicAccess: false,
      publicAccessCidrs: [],
      addons: {},
      serviceCidr: "172.20.0.0/16",
      logRetentionDays: 365,
    };
    assert.deepEqual(pathsOf(awsExistingClusterSpec, aws), [
      "addons",
      "endpointPublicAccess",
      "logRetentionDays",
      "publicAccessCidrs",
      "serviceCidr",
    ]);
    const gcp = { ...gcpInput, releaseChannel: "STABLE", maintenance: {}, addons: {} };
    assert.deepEqual(pathsOf(gcpExistingClusterSpec, gcp), [
      "addons",
      "maintenance",
      "releaseChannel",
    ]);
  });

  test("a location is the cell's region or one of its zones", () => {
    const at = (location: string) =>
      pathsOf(gcpExistingClusterSpec, { ...gcpInput, existing: { name: "shop", location } });
    for (const location of ["europe-west1", "europe-west1-c"]) assert.deepEqual(at(location), []);
    for (const location of ["europe-west4", "europe-west1-z"])
      assert.deepEqual(at(location), ["existing.location"]);
  });

  test("a cluster is that of one cell", () => {
    for (const [schema, input] of [
      [awsExistingClusterSpec, awsInput],
      [gcpExistingClusterSpec, gcpInput],
    ] as const) {
      const [problem] = checkSpec(schema, { ...input, usedBy: ["other"] }, "").problems;
      assert.match(problem!.path, /existing\.name$/);
      assert.match(problem!.message, /must be the cluster of one cell: other also refers to it/);
    }
  });

  test("a principal has one access entry", () => {
    const entry = { principalArn: "arn:aws:iam::111122223333:role/a", policy: "view" };
    const access = { one: entry, two: entry };
    assert.deepEqual(pathsOf(awsExistingClusterSpec, { ...awsInput, access }), [
      "access.two.principalArn",
    ]);
  });
});
