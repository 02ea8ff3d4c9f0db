// What these tests cannot prove: that AWS moves instances in the order in which the engine asks for it, and how long it takes.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { stringify } from "yaml";
import { Atoll, changes, of, type RunJson } from "./atoll.ts";

const [east, west] = ["local.aws-use1", "local.aws-usw2"] as const;

/** A cell with the services that zones matter for; in the west without those that cannot leave a zone. */
function cell(region: string, cidr: string, services: object) {
  return {
    ...{ kind: "cell", environment: "local", cloud: "aws", account: "111122223333", region, cidr },
    cluster: {
      version: "1.35",
      access: {
        admins: { principalArn: "arn:aws:iam::111122223333:role/admin", policy: "cluster-admin" },
      },
    },
    nodePools: {
      system: {
        ...{ class: "system", capacity: "on-demand", architectures: ["arm64"] },
        size: { min: 3, max: 6 },
      },
    },
    database: { size: "small" },
    ...services,
  };
}

const cells = {
  [east]: cell("us-east-1", "10.32.0.0/16", {
    stream: { topics: { orders: { partitions: 3, replicationFactor: 2, minInsyncReplicas: 1 } } },
    cache: { size: "small", users: { app: {} } },
  }),
  [west]: cell("us-west-2", "10.33.0.0/16", { network: { natGateways: "single" } }),
};

function zones(atoll: Atoll, stack: string, region: string, letters: string): void {
  atoll.edit(stack, (manifest) =>
    Object.assign(manifest, { zones: [...letters].map((letter) => `${region}${letter}`) }),
  );
}

/** Changes that replace or delete something, without rules for the addresses of the other cell's resolvers. */
function losses(run: RunJson, stack: string): Record<string, string> {
  const all = Object.entries(changes(run, stack));
  return Object.fromEntries(
    all.filter(
      ([name, op]) => /replace|delete/.test(op) && !/SecurityGroup\w+Rule dns-/.test(name),
    ),
  );
}

describe("zones of deployed cells", () => {
  const atoll = new Atoll();
  const east1 = (letters: string) => zones(atoll, east, "us-east-1", letters);
  const west2 = (letters: string) => zones(atoll, west, "us-west-2", letters);
  before(async () => {
    for (const stack of ["local.gcp-euw1", "local.onprem-sel"]) atoll.delete(stack);
    for (const [stack, manifest] of Object.entries(cells)) {
      const file = path.join(atoll.configDir, `Pulumi.${stack}.yaml`);
      const config = { "pulumi:disable-default-providers": ["*"], "atoll:manifest": manifest };
      writeFileSync(file, stringify({ config }));
    }
    atoll.edit("local", (manifest) => {
      for (const section of ["budget", "people", "deployers"]) delete manifest[section];
      const ports = [{ protocol: "tcp", ports: [443] }];
      const reachability = [{ from: "aws-use1", to: "aws-usw2", ports }];
      const audit = { accounts: { "111122223333": { region: "us-east-1" } } };
      Object.assign(manifest, { lifetime: "ephemeral", audit, connectivity: { reachability } });
      delete manifest.frameworks;
    });
    east1("ab");
    west2("ab");
    await atoll.json(["up", "local"]);
  });
  after(() => atoll.remove());

  test("in another order are no change, and a zone with brokers or cache nodes cannot be left", async () => {
    east1("ba");
    west2("ba");
    const run = await atoll.json(["preview", "local"]);
    for (const stack of [east, west]) assert.deepEqual(changes(run, stack), {}, stack);
    east1("bc");
    const { error, changes: planned } = of(await atoll.json(["preview", east], 2), east);
    assert.equal(error?.code, "zones-unsuitable");
    assert.match(error.details ?? "", /zones: must keep us-east-1a: brokers of the stream/);
    assert.match(error.details ?? "", /zones: must keep us-east-1a: nodes of the cache/);
    assert.deepEqual(planned, []);
  });

  const leaving = {
    "aws:eks/nodeGroup:NodeGroup node-pools-pool-system": "replace",
    "aws:rds/clusterInstance:ClusterInstance database-instances-1": "replace",
    "aws:ec2/subnetCidrReservation:SubnetCidrReservation dns-resolvers-reserved-us-west-2a":
      "delete",
  };

  test("come and go in an ephemeral environment, and nothing that holds data is replaced", async () => {
    east1("abc");
    west2("bc");
    const run = await atoll.json(["up", "local"]);
    assert.deepEqual(losses(run, east), {
      "aws:eks/nodeGroup:NodeGroup node-pools-pool-system": "replace",
    });
    assert.deepEqual(losses(run, west), {
      ...leaving,
      "aws:ec2/eip:Eip network-routes-nat-address-us-west-2a": "delete",
      "aws:ec2/natGateway:NatGateway network-routes-nat-us-west-2a": "delete",
    });
  });

  test("and in a permanent one, where a zone comes back to its place and leaves again", async () => {
    atoll.edit("local", (manifest) => Object.assign(manifest, { lifetime: "permanent" }));
    east1("cab");
    west2("ab");
    const run = await atoll.json(["up", "local"]);
    const made = Object.entries(changes(run, west)).filter(([, op]) => op === "create");
    assert.deepEqual(
      made.filter(([name]) => name.includes(":Subnet ")),
      [],
    );
    const volumes = "kubernetes:storage.k8s.io/v1:StorageClass node-pools-addons-gp3";
    assert.deepEqual(losses(run, east), { [volumes]: "replace" });
    const again = await atoll.json(["preview", "local"]);
    for (const stack of [east, west]) assert.deepEqual(changes(again, stack), {}, stack);
    // The shared NAT gateway has stayed in zone b.
    west2("bc");
    const left = await atoll.json(["up", "local"]);
    assert.deepEqual(losses(left, west), leaving);
    assert.deepEqual(losses(left, east), {});
  });
});
