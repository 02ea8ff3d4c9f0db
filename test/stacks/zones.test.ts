// Which resources of the sample follow the zones of their cell. That providers replace by these properties is in their schemas.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { resourceSchema } from "../../simulator/schema/index.ts";
import { runStack } from "../../stacks/program.ts";
import { inventory, type Registered } from "../support/inventory.ts";

before(() => {
  process.env.ATOLL_CONFIG_DIR = path.resolve(import.meta.dirname, "../../stacks/config");
});
after(() => {
  delete process.env.ATOLL_CONFIG_DIR;
});

/** Properties by which a provider replaces a resource when its cell has other zones. */
const ofZones = /subnet(s|Ids)$|availabilityZones?$|zones$|nodeLocations$/i;

/** Types that may be replaced: each zone has its own, or a new one is created before the old one is deleted. */
const mayMove = new Set([
  "aws:ec2/subnet:Subnet",
  "aws:eks/nodeGroup:NodeGroup",
  // Only where an instance's zone is removed.
  "aws:rds/clusterInstance:ClusterInstance",
]);

function moving({ type, inputs, ignoreChanges }: Registered): string[] {
  const paths = resourceSchema(type)?.replaceOn ?? [];
  return [...paths].filter((at) => {
    const value = at
      .split(".")
      .reduce<unknown>((of, key) => (of as Bag | undefined)?.[key], inputs);
    return ofZones.test(at) && value !== undefined && !ignoreChanges.includes(at);
  });
}

type Bag = Readonly<Record<string, unknown>>;

/** The types that would be replaced, by stack. */
const wouldMove: Readonly<Record<string, readonly string[]>> = {
  "local.aws-use1": [
    "aws:msk/cluster:Cluster",
    "aws:mskconnect/connector:Connector",
    "aws:rds/proxy:Proxy",
    "aws:verifiedaccess/endpoint:Endpoint",
  ],
  "local.gcp-euw1": [],
};

for (const stack of Object.keys(wouldMove)) {
  test(`nothing of ${stack} is replaced because its zones change`, async () => {
    const all = await inventory(() => runStack(stack), { preview: true, stack });
    assert.deepEqual(
      all.flatMap((each) =>
        mayMove.has(each.type) ? [] : moving(each).map((at) => `${each.type} ${each.name}: ${at}`),
      ),
      [],
    );
    const kept = all.filter((each) => moving({ ...each, ignoreChanges: [] }).length > 0);
    const types = new Set(kept.map(({ type }) => type).filter((type) => !mayMove.has(type)));
    assert.deepEqual([...types].sort(), wouldMove[stack]);
  });
}
