// Which places zones have, and what is registered when they change. That AWS keeps subnets in use is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { contains, overlapping } from "../../../components/core/cidr.ts";
import { awsNetworkSchema } from "../../../components/network/aws-schema.ts";
import { inDeployedPlaces } from "../../../components/network/aws-zones.ts";
import { deployedNetwork } from "../../../components/network/deployed.ts";
import { type Places, placesFor } from "../../../components/network/places.ts";
import { planAws } from "../../../components/network/plan.ts";
import type { Deployed } from "../../../components/section/deployed.ts";
import { only } from "../../support/inventory.ts";
import { network, place } from "./aws-fixture.ts";

const { cidr, region } = place;
const zone = (letter: string) => `${region}${letter}`;
const zones = (letters: string) => [...letters].map(zone);

/** The subnets, gateways and addresses that a plan results in, as the engine's state has them. */
function stateOf(places: Places, gateways: readonly string[] = Object.keys(places)): Deployed {
  const { zones: used } = planAws({ cidr, region, zones: Object.keys(places), places });
  const subnets = used.flatMap(({ zone: availabilityZone, place: _, ...blocks }) =>
    Object.entries(blocks).map(([kind, cidrBlock]) => ({
      type: "aws:ec2/subnet:Subnet",
      name: `network-${kind}-${availabilityZone}`,
      outputs: {
        arn: `arn:aws:ec2:${region}:111122223333:subnet/subnet-${kind}-${availabilityZone}`,
        availabilityZone,
        cidrBlock,
      },
    })),
  );
  const type = "aws:ec2/natGateway:NatGateway";
  const routes = gateways.map((each) => ({
    type,
    name: `network-routes-nat-${each}`,
    outputs: {},
  }));
  return [...subnets, ...routes];
}

function problemsOf(
  letters: string,
  deployed: Places,
  rest: object = {},
  addressed: string[] = [],
) {
  const spec = awsNetworkSchema.parse({ ...place, zones: zones(letters), ...rest });
  const change = { component: "network", zones: spec.zones, addressed, zoneOf: () => undefined };
  return inDeployedPlaces(spec, { ...change, deployed: stateOf(deployed) }).problems;
}

describe("places of zones", () => {
  test("do not depend on the other zones, nor on their order", () => {
    assert.deepEqual(placesFor(region, zones("ab")), { [zone("a")]: 0, [zone("b")]: 1 });
    assert.deepEqual(placesFor(region, zones("cb")), { [zone("b")]: 1, [zone("c")]: 2 });
  });

  test("of the default zones are their positions in every region, as in release 0.1.0", () => {
    for (const each of ["us-east-1", "ap-northeast-1", "ca-central-1", "us-west-1"]) {
      const { zones: defaults } = awsNetworkSchema.parse({ ...place, region: each });
      assert.deepEqual(Object.values(placesFor(each, defaults)), [0, 1, 2], each);
    }
  });

  test("of a fifth and sixth zone are the first free ones", () => {
    assert.deepEqual(Object.values(placesFor(region, zones("abef"))), [0, 1, 2, 3]);
  });

  test("are read from the subnets that an older release placed by their position", () => {
    const places = { [zone("d")]: 0, [zone("b")]: 1 };
    assert.deepEqual(deployedNetwork(stateOf(places), cidr).places, places);
    assert.deepEqual(deployedNetwork(stateOf(places), "10.48.0.0/16").places, {});
  });

  test("after any sequence of changes no subnet has moved, and none overlaps another", () => {
    const list = fc.uniqueArray(fc.constantFrom(..."abcdef"), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(list, fc.array(list, { maxLength: 8 }), (first, changes) => {
        // The first deployment is that of release 0.1.0: by the position in the list.
        let deployed: Places = Object.fromEntries(first.map((letter, at) => [zone(letter), at]));
        let before = planAws({ cidr, region, zones: first.map(zone) }, deployed).zones;
        for (const letters of changes) {
          if (problemsOf(letters.join(""), deployed).length > 0) continue;
          const plan = planAws({ cidr, region, zones: letters.map(zone) }, deployed);
          const all = [...plan.zones, ...plan.left];
          for (const was of before)
            assert.deepEqual(
              all.find((is) => is.zone === was.zone),
              was,
            );
          const blocks = all.flatMap(({ zone: name, private: a, isolated: b, public: c }) =>
            [a, b, c].map((block, at) => [`${name}-${at}`, block]),
          );
          assert.deepEqual(overlapping(Object.fromEntries(blocks)), []);
          assert.ok(blocks.every(([, block = ""]) => contains(cidr, block)));
          assert.deepEqual(plan.zones.map((each) => each.zone).sort(), letters.map(zone).sort());
          deployed = Object.fromEntries(all.map((each) => [each.zone, each.place]));
          before = all;
        }
      }),
    );
  });
});

describe("zones that cannot be", () => {
  const full = { [zone("a")]: 0, [zone("b")]: 1, [zone("c")]: 2, [zone("d")]: 3 };

  test("a fifth zone of a cell is refused, with the zones that have subnets", () => {
    const [problem, ...others] = problemsOf("abe", full);
    assert.deepEqual(others, []);
    assert.equal(problem?.path, "zones");
    assert.match(problem.message, /must not have us-east-1e: .*us-east-1a, .*us-east-1d/);
  });

  test("a place that is not where the zone is deployed is refused", () => {
    const deployed = { [zone("a")]: 0, [zone("b")]: 1 };
    const at = (places: object) => problemsOf("ab", deployed, { places });
    assert.deepEqual(at({ [zone("a")]: 0 }), []);
    assert.match(at({ [zone("a")]: 2 })[0]?.message ?? "", /must be 0/);
    const other = problemsOf("abc", deployed, { places: { [zone("c")]: 1 } });
    assert.match(other[0]?.message ?? "", /must not be the place of us-east-1b/);
  });

  test("the manifest must say the places of zones whose resolvers other cells ask, and which", () => {
    const deployed = { [zone("b")]: 0, [zone("d")]: 1 };
    assert.deepEqual(problemsOf("bd", deployed), []);
    const [problem] = problemsOf("bd", deployed, {}, [zone("b")]);
    assert.equal(problem?.path, "network.places");
    assert.match(problem.message, /must be \{ us-east-1b: 0, us-east-1d: 1 \}/);
    assert.deepEqual(problemsOf("bd", deployed, { places: deployed }, [zone("b")]), []);
  });
});

describe("a zone that the manifest no longer names", async () => {
  const deployed = deployedNetwork(stateOf({ [zone("a")]: 0, [zone("b")]: 1 }), cidr);
  const changed = await network({ zones: zones("bc") }, { deployed });
  const named = (type: string) => changed.filter((each) => each.type === type);

  test("keeps its subnets, which others may still be in", () => {
    const subnets = named("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs.cidrBlock);
    assert.deepEqual(
      only(changed, "aws:ec2/subnet:Subnet", `network-private-${zone("c")}`).inputs.cidrBlock,
      "10.32.128.0/19",
    );
    assert.equal(new Set(subnets).size, 9);
  });

  test("has no tags by which load balancers and nodes find its subnets", () => {
    const found = named("aws:ec2/subnet:Subnet").filter(({ inputs }) =>
      Object.keys(inputs.tags as object).some((key) => key.includes("kubernetes.io")),
    );
    assert.deepEqual(
      found.map(({ name }) => name.replace("network-", "")).sort(),
      ["private", "public"].flatMap((kind) =>
        ["b", "c"].map((letter) => `${kind}-${zone(letter)}`),
      ),
    );
  });

  test("has no gateway, and its subnet has a route to another one", () => {
    const names = (type: string) => named(type).map(({ name }) => name.slice(-1));
    assert.deepEqual(names("aws:ec2/natGateway:NatGateway").sort(), ["b", "c"]);
    assert.deepEqual(names("aws:ec2/eip:Eip").sort(), ["b", "c"]);
    const route = (letter: string) =>
      only(changed, "aws:ec2/route:Route", `network-routes-private-internet-${zone(letter)}`)
        .inputs;
    assert.equal(route("a").natGatewayId, route("b").natGatewayId);
    assert.notEqual(route("b").natGatewayId, route("c").natGatewayId);
  });

  test("has no interface endpoints, but its access lists and gateway endpoints", () => {
    const lists = named("aws:ec2/networkAcl:NetworkAcl").map(({ inputs }) => inputs.subnetIds);
    assert.deepEqual(
      lists.map((ids) => (ids as string[]).length),
      [3, 3, 3],
    );
    const endpoint = (name: string) =>
      only(changed, "aws:ec2/vpcEndpoint:VpcEndpoint", `network-endpoints-${name}`).inputs;
    assert.equal((endpoint("sts").subnetIds as string[]).length, 2);
    assert.equal((endpoint("s3").routeTableIds as string[]).length, 3);
  });
});

test("a shared NAT gateway stays in its zone while the cell has the zone", async () => {
  const places = { [zone("a")]: 0, [zone("b")]: 1, [zone("c")]: 2 };
  const deployed = deployedNetwork(stateOf(places, [zone("b")]), cidr);
  const gateway = async (letters: string) => {
    const all = await network({ zones: zones(letters), natGateways: "single" }, { deployed });
    return only(all, "aws:ec2/natGateway:NatGateway").name.slice(-1);
  };
  assert.deepEqual([await gateway("abc"), await gateway("cd")], ["b", "c"]);
});
