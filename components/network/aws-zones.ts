/** A network whose deployed zones keep their places in the cell's block. Pure. */
import type { z } from "zod";
import type { Problem } from "../core/errors.ts";
import type { Settled, ZoneChange } from "../section/zone-change.ts";
import type { AwsNetworkSpec } from "./aws-schema.ts";
import { deployedNetwork } from "./deployed.ts";
import { type Places, placesOfABlock } from "./places.ts";
import { planAws } from "./plan.ts";
import type { networkSection } from "./schema.ts";

/** Neither the zone nor the block of a subnet can change: it would be replaced, with all that is in it. */
export function inDeployedPlaces(
  spec: z.output<(typeof networkSection)["aws"]>,
  { component, deployed, addressed }: ZoneChange,
): Settled {
  if (spec.existing) return { spec, problems: [] };
  const { places } = deployedNetwork(deployed, spec.cidr, component);
  return {
    spec,
    problems: [
      ...roomProblems(spec, places),
      ...settingProblems(spec, places),
      ...addressProblems(spec, places, addressed),
    ],
  };
}

function roomProblems(spec: AwsNetworkSpec, deployed: Places): Problem[] {
  const planned = planAws(spec, deployed).zones.map(({ zone }) => zone);
  return spec.zones
    .filter((zone) => !planned.includes(zone))
    .map((zone) => ({
      path: "zones",
      message: `must not have ${zone}: the ${placesOfABlock} places of the cell's block belong to ${Object.keys(deployed).sort().join(", ")}, whose subnets stay. Use one of these zones, or another cell`,
      got: spec.zones,
    }));
}

function settingProblems({ places }: AwsNetworkSpec, deployed: Places): Problem[] {
  return Object.entries(places).flatMap(([zone, got]) => {
    const path = `network.places.${zone}`;
    const { [zone]: place } = deployed;
    if (place !== undefined) {
      return place === got
        ? []
        : [{ path, message: `must be ${place}, where the zone's subnets are deployed`, got }];
    }
    const other = Object.entries(deployed).find(([, taken]) => taken === got);
    return other ? [{ path, message: `must not be the place of ${other[0]}`, got }] : [];
  });
}

/** The manifest alone says where the addresses are that other cells know, because they do not read this stack. */
function addressProblems(
  spec: AwsNetworkSpec,
  deployed: Places,
  addressed: readonly string[],
): Problem[] {
  const known = new Map(planAws(spec).zones.map(({ zone, place }) => [zone, place]));
  const moved = planAws(spec, deployed).zones.filter(
    ({ zone, place }) => addressed.includes(zone) && known.get(zone) !== place,
  );
  if (moved.length === 0) return [];
  const wanted = planAws(spec, deployed).zones.map(({ zone, place }) => `${zone}: ${place}`);
  return [
    {
      path: "network.places",
      message: `must be { ${wanted.join(", ")} }, where the zones' subnets are deployed: other cells ask the DNS resolvers there`,
      got: spec.places,
    },
  ];
}
