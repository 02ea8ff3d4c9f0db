// The capacity of the sample's cells, and sets of tenants that they have no room for. Nothing is deployed here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tenantSections } from "../../../components/tenant-sections.ts";
import type { Line } from "../../../footprint/capacity/ledger.ts";
import { cellCapacities } from "../../../footprint/tenants/capacity.ts";
import { tierDemands } from "../../../footprint/tenants/demand.ts";
import { loadedWithTenants, type Manifest, refusals, refusesEach } from "../../support/sample.ts";

const footprint = loadedWithTenants({});
const all = cellCapacities(footprint, footprint.tenants);
const line = (cell: string, resource: string): Line | undefined =>
  all.find((each) => each.cell === cell)?.lines.find((each) => each.resource === resource);
const amounts = (cell: string, resource: string) => {
  const { capacity, own, promised, quota, left } = line(cell, resource) ?? {};
  return [capacity, own, promised, quota, left];
};

/** A tenant of the sample. */
function tenantFile(cell: string, tier: string, more: Manifest = {}): string {
  const manifest = { kind: "tenant", environment: "local", cell, tier, ...more };
  return JSON.stringify({
    config: { "pulumi:disable-default-providers": ["*"], "atoll:manifest": manifest },
  });
}

const tiersOf = (manifest: Manifest) =>
  (manifest.tenancy as { tiers: Record<string, Manifest> }).tiers;

describe("the capacity of the sample", () => {
  test("on AWS follows from brokers, connections, user groups and quotas", () => {
    // Three brokers; 120 replicas of the cell's topics, and 300 of Kafka's own.
    assert.deepEqual(amounts("aws-use1", "partitions"), [3000, 420, 18, 18, 2562]);
    // 3 + 7 + 10 kept free, 3 of the outbox, 400 of the cell's clients.
    assert.deepEqual(amounts("aws-use1", "databaseConnections"), [1669, 423, 0, 0, 1246]);
    // Two users and the default user; a further cache has two.
    assert.deepEqual(amounts("aws-use1", "cacheUsers"), [100, 3, 1, 1, 96]);
    assert.deepEqual(amounts("aws-use1", "regionCacheUsers"), [1000, 5, 1, 1, 994]);
    // Network plugin, Karpenter, volumes, External Secrets, and one workload.
    assert.deepEqual(amounts("aws-use1", "podIdentityAssociations"), [5000, 5, 1, 1, 4994]);
    // Three /19; 5 + 16 + 8 and the endpoints in each subnet; 32 for each of 115 nodes.
    assert.equal(line("aws-use1", "addresses")?.capacity, 3 * 8192);
    assert.equal(line("aws-use1", "namespaces")?.capacity, 10_000);
    assert.equal(line("aws-use1", "iamRoles")?.of, "account 111122223333");
    assert.equal(line("aws-use1", "kmsRequests")?.of, "account 111122223333 in us-east-1");
  });

  test("on Google Cloud has pod addresses of nodes, and no quota that the vendor does not publish", () => {
    assert.deepEqual(amounts("gcp-euw1", "addresses"), [256 * 64, 0, 40, 40, 16_344]);
    assert.deepEqual(amounts("gcp-euw1", "cpu"), [316.4, 12, 6, 6, 298.4]);
    assert.equal(line("gcp-euw1", "iamRoles"), undefined);
  });

  test("on-premises knows CPUs only where the manifest states them", () => {
    assert.deepEqual(amounts("onprem-sel", "cpu"), [undefined, 0, 1, 2, undefined]);
    assert.deepEqual(amounts("onprem-sel", "pods"), [330, 24, 10, 20, 296]);
    const stated = loadedWithTenants({
      "local.onprem-sel": ({ nodePools }) => {
        const { general } = nodePools as Record<string, Manifest>;
        Object.assign(general!, { allocatable: { cpu: 15, memory: "60 GiB" } });
      },
    });
    const cell = cellCapacities(stated, stated.tenants).find(
      ({ cell: name }) => name === "onprem-sel",
    );
    const cpu = cell?.lines.find(({ resource }) => resource === "cpu");
    assert.deepEqual([cpu?.capacity, cpu?.left], [45, 43.1]);
  });

  test("promises a tenant the guaranteed share of its quotas", () => {
    // The tier basic guarantees half of 2 CPUs.
    assert.deepEqual(amounts("onprem-sel", "cpu").slice(2, 4), [1, 2]);
    assert.deepEqual(amounts("onprem-sel", "namespaces").slice(2, 4), [1, 1]);
    // The pods of the tier enterprise are on nodes of the tenant's own.
    assert.deepEqual(amounts("aws-use1", "cpu").slice(2, 4), [0, 0]);
  });

  test("knows what a tenant of each tier takes", () => {
    const cell = footprint.cells.find(({ name }) => name === "aws-use1");
    const tiers = tierDemands(footprint, cell!, tenantSections.slice(0, 1));
    assert.deepEqual(
      tiers.map(({ tier, demand, guaranteed }) => [tier, demand.cpu, demand.memoryGib, guaranteed]),
      [
        ["basic", 2, 4, 0.5],
        ["business", 4, 8, 1],
        ["enterprise", 8, 16, 1],
      ],
    );
  });

  test("has what the cell's own workloads take, and quotas that were raised", () => {
    const changed = loadedWithTenants({
      "local.aws-use1": (manifest) => {
        manifest.tenancy = { own: { cpu: 10 }, quotas: { iamRoles: 5000, cacheUsers: 200 } };
      },
    });
    const cell = cellCapacities(changed, changed.tenants).find(
      ({ cell: name }) => name === "aws-use1",
    );
    const of = (resource: string) => cell?.lines.find((each) => each.resource === resource);
    assert.equal(of("cpu")?.own, 22);
    assert.equal(of("iamRoles")?.capacity, 5000);
    assert.equal(of("cacheUsers")?.capacity, 200);
  });
});

const small = (manifest: Manifest) => {
  const { general } = manifest.nodePools as Record<string, { size: { max: number } }>;
  general!.size.max = 1;
};

describe("a set of tenants that a cell has no room for", () => {
  refusesEach([
    [
      "more CPUs and memory than the nodes have, at the cell",
      {
        "local.aws-use1": small,
        "local.acorn": tenantFile("aws-use1", "business"),
        "local.beech": tenantFile("aws-use1", "basic"),
      },
      [
        /^Pulumi\.local\.aws-use1\.yaml: tenancy: must have CPUs for its tenants: there are 3\.92, its own services use 0\.3, and tenants are promised 5 of quotas of 6; the largest are acorn with 4, beech with 1\. Move tenants to another cell, lower `guaranteed` or the quotas of their tiers, or enlarge node pools of the classes stateless and batch/,
        /^Pulumi\.local\.aws-use1\.yaml: tenancy: must have GiB of memory for its tenants: there are 5\.87, its own services use 0\.5, and tenants are promised 10 of quotas of 12;/,
      ],
    ],
    [
      "more tenants than the cell takes",
      {
        "local.aws-use1": (manifest) => {
          manifest.tenancy = { most: 1 };
        },
        "local.acorn": tenantFile("aws-use1", "basic"),
      },
      [
        /^Pulumi\.local\.aws-use1\.yaml: tenancy\.most: must be at least 2, the number of its tenants; move tenants to another cell, or raise it \(got 1\)$/,
      ],
    ],
    [
      "a raised quota that no vendor raises",
      {
        "local.aws-use1": (manifest) => {
          manifest.tenancy = { quotas: { cpu: 5 } };
        },
      },
      [/tenancy\.quotas/],
    ],
  ]);

  test("fits if its tiers guarantee less", () => {
    assert.deepEqual(
      refusals({
        local: (manifest) => {
          for (const tier of Object.values(tiersOf(manifest))) tier.guaranteed = 0.2;
        },
        "local.aws-use1": small,
        "local.acorn": tenantFile("aws-use1", "business"),
        "local.beech": tenantFile("aws-use1", "basic"),
      }),
      [],
    );
  });

  test("is no matter of a cell alone", () => {
    assert.deepEqual(
      refusals(
        { "local.aws-use1": small, "local.acorn": tenantFile("aws-use1", "business") },
        "local.aws-use1",
      ),
      [],
    );
  });
});
