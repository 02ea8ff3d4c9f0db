// What these tests cannot prove: that AWS and Google Cloud describe clusters, networks and buckets as the embedded cloud does.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { existingStack } from "../../simulator/existing.ts";
import { Atoll, changes, of } from "./atoll.ts";

const aws = "local.aws-use1";
const gcp = "local.gcp-euw1";
const stacks = ["local", aws, gcp];

const id = (prefix: string, n: number) => `${prefix}-0${n.toString(16).padStart(16, "0")}`;
const network = {
  [aws]: {
    vpcId: id("vpc", 1),
    subnets: Object.fromEntries(
      ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone, place) => [
        zone,
        { private: id("subnet", place) },
      ]),
    ),
  },
  [gcp]: { network: "prod", subnetwork: "nodes", podRange: "pods", serviceRange: "services" },
};

/** A workload with a role, and a secret that the cluster reads. */
const services = {
  objectStore: { buckets: { uploads: { existing: { name: "acme-uploads" } } } },
  secrets: { secrets: { "payment-provider": { description: "API key" } } },
  identity: {
    workloads: {
      orders: {
        namespace: "shop",
        serviceAccount: "orders",
        grants: [{ kind: "bucket", name: "uploads", may: ["read"] }],
      },
    },
  },
};

describe("a footprint on existing networks, clusters and buckets", () => {
  const atoll = new Atoll();
  const existing = () => atoll.deployed().filter(({ stack }) => stack === existingStack);
  const clusters = () =>
    existing().flatMap(({ type, state }) => (type.endsWith("cluster:Cluster") ? [state] : []));
  const urnOf = (type: string) => {
    const found = existing().find((resource) => resource.type === type);
    assert.ok(found, type);
    return found.urn;
  };
  let given: readonly string[];

  before(async () => {
    atoll.delete("local.onprem-sel");
    atoll.edit("local", (manifest) => {
      for (const section of ["budget", "deployers", "dns", "connectivity"])
        delete manifest[section];
      const { groups } = manifest.people as { groups: Record<string, { reaches: string[] }> };
      for (const group of Object.values(groups)) group.reaches = ["cluster-api"];
    });
    for (const stack of [aws, gcp] as const) {
      atoll.withoutServices(stack);
      atoll.edit(stack, (manifest) => {
        const { version } = manifest.cluster as { version: string };
        Object.assign(manifest, services, {
          network: { existing: network[stack] },
          cluster: { version, existing: { name: "shop" } },
        });
      });
    }
    atoll.edit(aws, (manifest) => Object.assign(manifest, { cache: { size: "small" } }));
  });
  after(() => atoll.remove());

  test("is deployed: node pools and workloads are added, and no cluster or network is", async () => {
    const ended = await atoll.run(["start"]);
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    given = existing().map(({ id }) => id);
    for (const [stack, pools] of [
      [aws, "aws:eks/nodeGroup:NodeGroup"],
      [gcp, "gcp:container/nodePool:NodePool"],
    ] as const) {
      const managed = atoll.managed(stack);
      assert.ok(managed.some((urn) => urn.includes(pools)));
      assert.deepEqual(
        managed.filter((urn) =>
          /(cluster:Cluster|vpc:Vpc|network:Network|addon:Addon)::/.test(urn),
        ),
        [],
      );
    }
  });

  test("has no changes in a preview, and meets the policies", async () => {
    const run = await atoll.json(["preview", "local"]);
    for (const stack of stacks) assert.deepEqual(changes(run, stack), {}, stack);
    assert.equal((await atoll.run(["check", "local"])).code, 0);
  });

  test("is refused once a cluster does not meet a requirement, in one message without a stack trace", async () => {
    const eks = urnOf("aws:eks/cluster:Cluster");
    atoll.atConsole((console) =>
      console.change(eks, {
        accessConfig: { authenticationMode: "CONFIG_MAP" },
        vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
      }),
    );
    const gke = urnOf("gcp:container/cluster:Cluster");
    atoll.atConsole((console) => console.change(gke, { datapathProvider: "LEGACY_DATAPATH" }));
    const { code, stdout, stderr } = await atoll.run(["preview", "local"]);
    const said = stdout + stderr;
    assert.equal(code, 2, said);
    assert.match(said, /EKS cluster shop does not meet the requirements/);
    assert.match(said, /must have access entries: .*CONFIG_MAP/s);
    assert.match(said, /must not open its public endpoint to the internet/);
    assert.match(said, /GKE cluster shop does not meet the requirements/);
    assert.match(said, /must enforce network policies/);
    assert.doesNotMatch(said, /\n\s+at .*\.ts:\d/);
    atoll.atConsole((console) => {
      console.change(eks, {
        accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" },
        vpcConfig: { endpointPublicAccess: false },
      });
      console.change(gke, { datapathProvider: "ADVANCED_DATAPATH" });
    });
  });

  test("is refused by up once a bucket does not meet a requirement", async () => {
    const bucket = urnOf("aws:s3/bucket:Bucket");
    atoll.atConsole((console) => console.change(bucket, { bucketRegion: "us-west-2" }));
    const { code, stdout, stderr } = await atoll.run(["up", aws]);
    const said = stdout + stderr;
    assert.equal(code, 2, said);
    assert.match(
      said,
      /buckets\.uploads\.existing\.name: must be in us-east-1 \(got "us-west-2"\)/,
    );
    assert.doesNotMatch(said, /\n\s+at .*\.ts:\d/);
    atoll.atConsole((console) => console.change(bucket, { bucketRegion: "us-east-1" }));
  });

  test("is destroyed, and existing resources stay as they are", async () => {
    const before = clusters();
    for (const cell of [aws, gcp]) {
      const run = await atoll.json(["destroy", cell, "--yes"]);
      assert.equal(of(run, cell).status, "done");
    }
    assert.deepEqual(
      existing().map(({ id }) => id),
      given,
    );
    assert.deepEqual(clusters(), before);
  });
});
