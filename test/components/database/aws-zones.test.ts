// Where Aurora instances are. That Aurora has capacity in a zone is not proven here.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { AwsDatabase } from "../../../components/database/aws.ts";
import { inInstanceZones, instanceZones } from "../../../components/database/aws-zones.ts";
import { inventory } from "../../support/inventory.ts";
import { awsArgs, awsSpec } from "./fixture.ts";

const instanceType = "aws:rds/clusterInstance:ClusterInstance";
const instances = (zones: readonly string[]) =>
  zones.map((availabilityZone, index) => ({
    type: instanceType,
    name: `database-instances-${index + 1}`,
    outputs: { availabilityZone },
  }));

test("instances are spread over the zones", () => {
  assert.deepEqual(instanceZones(["1", "2", "3"], ["a", "b"]), ["a", "b", "a"]);
});

test("in any change an instance stays while its zone does, and the others are in the emptiest zones", () => {
  const list = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "d"), { minLength: 1 });
  const counted = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(counted, list, counted, list, (before, old, after, zones) => {
      const names = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`);
      const first = instanceZones(names(before), old);
      const deployed = Object.fromEntries(first.map((zone, index) => [`${index + 1}`, zone]));
      const second = instanceZones(names(after), zones, deployed);
      for (const [index, zone] of second.entries()) {
        const was = deployed[`${index + 1}`];
        assert.ok(zones.includes(zone));
        if (was !== undefined && zones.includes(was)) assert.equal(zone, was);
      }
    }),
  );
});

test("the component keeps deployed instances where they are", async () => {
  const [a = "", b = "", c = ""] = awsSpec.zones;
  const zonesOf = async (zones: readonly string[], deployed: readonly string[]) => {
    const spec = { ...awsSpec, zones: [...zones] };
    const args = { ...awsArgs, spec, deployed: instances(deployed) };
    const all = await inventory(() => new AwsDatabase("database", args));
    return all
      .filter(({ type }) => type === instanceType)
      .map(({ inputs }) => inputs.availabilityZone);
  };
  assert.deepEqual(await zonesOf([a, b, c], [b, a]), [b, a]);
  assert.deepEqual(await zonesOf([b, c], [a, b]), [c, b]);
});

test("a change that would replace all instances at the same time is refused", () => {
  const problems = (zones: readonly string[], deployed: readonly string[]) => {
    const change = { component: "database", zones, addressed: [], zoneOf: () => undefined };
    return inInstanceZones({}, { ...change, deployed: instances(deployed) }).problems;
  };
  assert.deepEqual(problems(["b", "c"], ["a", "b"]), []);
  assert.deepEqual(problems(["c", "d"], []), []);
  assert.match(problems(["c", "d"], ["a", "b"])[0]?.message ?? "", /must keep one of a, b: /);
});

test("an instance in a subnet that the manifest no longer refers to must go first", () => {
  const group = {
    type: "aws:rds/subnetGroup:SubnetGroup",
    name: "database-subnets",
    outputs: { subnetIds: ["subnet-0a", "subnet-0b"] },
  };
  const known = (id: string) => ({ "subnet-0b": "b", "subnet-0c": "c" })[id];
  const problems = (deployed: readonly string[]) =>
    inInstanceZones(
      {},
      {
        component: "database",
        zones: ["b", "c"],
        addressed: [],
        zoneOf: known,
        deployed: [...instances(deployed), group],
      },
    ).problems;
  assert.match(problems(["a", "b"])[0]?.message ?? "", /must keep a: instances/);
  assert.deepEqual(problems(["b", "b"]), []);
});
