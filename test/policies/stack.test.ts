/**
 * Mutation tests of the controls of several resources: one change is made to a passing stack, and exactly one control of the pack
 * must report a violation. The origins of properties, which come from the engine, are written by hand here; pack.e2e.test.ts has
 * real ones.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { controls } from "../../policies/catalogue.ts";
import { preview, unknown } from "./cell.ts";
import { type Given, judgeStack, judgeUnconfigured, urnOf, type Verdict } from "./judge.ts";
import { passing } from "./passing.ts";
import type { Change } from "./stack-changes.ts";
import * as platform from "./stack-changes.ts";
import { breakingBuckets, unknownsBuckets } from "./stack-changes-buckets.ts";
import { breakingData, unknownsData } from "./stack-changes-data.ts";

const breaking = [...platform.breaking, ...breakingData, ...breakingBuckets];
const unknowns = [...platform.unknowns, ...unknownsData, ...unknownsBuckets];

function withChange({ of, to }: Change): Given[] {
  return preview.flatMap((resource) => {
    if (resource.name !== of) return [resource];
    return to === undefined ? [] : [{ ...resource, ...to }];
  });
}

async function judgeChange(change: Change): Promise<void> {
  const verdicts = await judgeStack(withChange(change));
  assert.deepEqual(
    verdicts.map(({ control, level }) => [control, level]),
    [[change.control, "mandatory"]],
  );
  assert.ok(verdicts[0]?.urn.endsWith(`::${change.blames}`), verdicts[0]?.urn);
  assert.ok(verdicts[0]?.message.includes(change.says), verdicts[0]?.message);
}

describe("a stack", () => {
  test("with the blueprint's settings meets every control in its first preview", async () => {
    assert.deepEqual(await judgeStack(preview), []);
  });

  for (const change of breaking) {
    test(`violates only ${change.control} when ${change.what}`, () => judgeChange(change));
  }

  for (const change of unknowns) {
    test(`violates ${change.control} at its level when it is unknown: ${change.what}`, () =>
      judgeChange(change));
  }

  test("may read a namespace that comes with the cluster, which has no labels of ours", async () => {
    const read: Given = {
      type: "kubernetes:core/v1:Namespace",
      name: "kube-system",
      props: { metadata: { name: "kube-system", labels: {} } },
      provider: "kubernetes",
    };
    assert.deepEqual(await judgeStack([...preview, read]), []);
    const other: Given = {
      ...read,
      props: { metadata: { name: "kube-systems", labels: {} } },
    };
    const verdicts = await judgeStack([...preview, other]);
    assert.deepEqual([...new Set(verdicts.map(({ control }) => control))], ["K5"]);
  });

  test("may have outputs that the cloud computes", async () => {
    const computed: Record<string, string> = { cluster: "computeConfig", "public-table": "routes" };
    const resources = preview.map((resource) => {
      const key = computed[resource.name];
      return key ? { ...resource, props: { ...resource.props, [key]: unknown } } : resource;
    });
    assert.deepEqual(await judgeStack(resources), []);
  });

  const mainTables: [string, Given][] = [
    [
      "the managed default table has a route to an internet gateway",
      {
        type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
        name: "main",
        props: {
          defaultRouteTableId: unknown,
          routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: unknown }],
        },
        from: { defaultRouteTableId: ["vpc"], routes: ["gateway"] },
      },
    ],
    [
      "a route is added to the main table",
      {
        type: "aws:ec2/route:Route",
        name: "main",
        props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
        from: { routeTableId: ["vpc"], gatewayId: ["gateway"] },
      },
    ],
    [
      "a table with a route to an internet gateway becomes the main one",
      {
        type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
        name: "main",
        props: { vpcId: unknown, routeTableId: unknown },
        from: { vpcId: ["vpc"], routeTableId: ["public-table"] },
      },
    ],
  ];
  for (const [what, main] of mainTables) {
    test(`violates EKS6 for subnets without their own table when ${what}`, async () => {
      assert.deepEqual(await judgeStack([...preview, main]), []);
      const orphaned = preview.filter(({ name }) => name !== "private-association");
      assert.deepEqual(await judgeStack(orphaned), []);
      const verdicts = await judgeStack([...orphaned, main]);
      assert.deepEqual(
        verdicts.map(({ control, urn }) => [control, urn.split("::").at(-1)]),
        [
          ["EKS6", "system"],
          ["EKS6", "node-class"],
          ["EKS6", "node-class"],
        ],
      );
    });
  }

  test("needs no vpc-cni add-on with Auto Mode", async () => {
    const auto = {
      of: "cluster",
      to: { props: { ...passing["aws:eks/cluster:Cluster"], computeConfig: { enabled: true } } },
    };
    const resources = withChange({ control: "", what: "", blames: "", says: "", ...auto });
    assert.deepEqual(await judgeStack(resources.filter(({ name }) => name !== "vpc-cni")), []);
  });

  test("is judged by known ids, whatever their origins", async () => {
    const known = preview.map((resource): Given => {
      const ids: Record<string, string> = { vpc: "vpc-1", public: "subnet-2", private: "subnet-1" };
      const id = ids[resource.name];
      if (id) return { ...resource, props: { ...resource.props, id } };
      if (resource.name !== "system") return resource;
      return { ...resource, props: { subnetIds: ["subnet-2"] }, from: { subnetIds: ["private"] } };
    });
    const verdicts = await judgeStack(known);
    assert.deepEqual(
      verdicts.map(({ control, urn }) => [control, urn]),
      [["EKS6", urnOf({ type: "aws:eks/nodeGroup:NodeGroup", name: "system" })]],
    );
  });
});

/** Values left to the update are reported as advisory, and tested separately. */
const mandatory = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ level }) => level === "mandatory");

describe("a stack whose providers cannot be configured yet", () => {
  const together = new Set(controls.filter(({ stack }) => stack).map(({ id }) => id));

  test("meets every control by inputs", async () => {
    assert.deepEqual(mandatory(await judgeUnconfigured(preview)), []);
  });

  for (const change of [...breaking, ...unknowns]) {
    if (!together.has(change.control)) continue;
    test(`violates ${change.control} by inputs: ${change.what}`, async () => {
      const verdicts = mandatory(await judgeUnconfigured(withChange(change)));
      assert.deepEqual([...new Set(verdicts.map(({ control }) => control))], [change.control]);
      const said = verdicts.filter(({ urn }) => urn.endsWith(`::${change.blames}`));
      assert.equal(said.length, 1);
      assert.ok(said[0]?.message.includes(change.says), said[0]?.message);
    });
  }
});

test("every control of stacks has a violating change, and an unknown value", () => {
  for (const { id, stack } of controls) {
    if (!stack) continue;
    assert.ok(
      unknownOnly.has(id) || breaking.some(({ control }) => control === id),
      `${id} has no change`,
    );
    assert.ok(
      unknowns.some(({ control }) => control === id),
      `${id} has no unknown value`,
    );
  }
});

/** Controls whose stack check only looks at the origin of an unknown value. */
const unknownOnly = new Set(["GKE5", "GCS1", "PS1"]);
