/**
 * Mutation tests of the controls that need several resources at once: from a stack that passes, one thing is changed, and
 * exactly one control of the whole pack must speak. The engine's part, the origins of properties, is written down by hand here;
 * engine.test.ts has the real ones.
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
    test(`breaks ${change.control} alone when ${change.what}`, () => judgeChange(change));
  }

  for (const change of unknowns) {
    test(`breaks ${change.control} at its level when it is unknown: ${change.what}`, () =>
      judgeChange(change));
  }

  test("may have outputs that only the cloud will fill in", async () => {
    const computed: Record<string, string> = { cluster: "computeConfig", "public-table": "routes" };
    const resources = preview.map((resource) => {
      const key = computed[resource.name];
      return key ? { ...resource, props: { ...resource.props, [key]: unknown } } : resource;
    });
    assert.deepEqual(await judgeStack(resources), []);
  });

  const mainTables: [string, Given][] = [
    [
      "the default table is managed and leads out",
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
      "a route is put into the main table",
      {
        type: "aws:ec2/route:Route",
        name: "main",
        props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
        from: { routeTableId: ["vpc"], gatewayId: ["gateway"] },
      },
    ],
    [
      "a table that leads out is made the main one",
      {
        type: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
        name: "main",
        props: { vpcId: unknown, routeTableId: unknown },
        from: { vpcId: ["vpc"], routeTableId: ["public-table"] },
      },
    ],
  ];
  for (const [what, main] of mainTables) {
    test(`breaks EKS6 for subnets without a table of their own when ${what}`, async () => {
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

  test("is judged by ids when they are known, whatever the origins say", async () => {
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

/** What a preview leaves to the update is advice, and tested for itself. */
const mandatory = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ level }) => level === "mandatory");

describe("a stack whose providers cannot be configured yet", () => {
  const together = new Set(controls.filter(({ stack }) => stack).map(({ id }) => id));

  test("meets every control by its inputs", async () => {
    assert.deepEqual(mandatory(await judgeUnconfigured(preview)), []);
  });

  for (const change of [...breaking, ...unknowns]) {
    if (!together.has(change.control)) continue;
    test(`breaks ${change.control} by its inputs: ${change.what}`, async () => {
      const verdicts = mandatory(await judgeUnconfigured(withChange(change)));
      assert.deepEqual([...new Set(verdicts.map(({ control }) => control))], [change.control]);
      const said = verdicts.filter(({ urn }) => urn.endsWith(`::${change.blames}`));
      assert.equal(said.length, 1);
      assert.ok(said[0]?.message.includes(change.says), said[0]?.message);
    });
  }
});

test("every control that judges stacks has a change that breaks it, and an unknown value", () => {
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

/** Controls whose stack check asks only where an unknown value comes from. */
const unknownOnly = new Set(["GKE5", "GCS1", "PS1"]);
