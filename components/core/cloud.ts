import { z } from "zod";
import { awsRegions, gcpRegions, type Regions } from "./regions.ts";
import { didYouMean } from "./suggest.ts";

/** The clouds that a cell can run on. */
export const clouds = ["aws", "gcp", "onprem"] as const;
export type Cloud = (typeof clouds)[number];

/** The clouds that have regions and zones. */
export type RegionalCloud = Exclude<Cloud, "onprem">;

const regionsByCloud: Readonly<Record<RegionalCloud, Regions>> = {
  aws: awsRegions,
  gcp: gcpRegions,
};

export function regionsOf(cloud: RegionalCloud): string[] {
  return Object.keys(regionsByCloud[cloud]);
}

/** The names of a region's zones, in order; empty for a region that does not exist. */
export function zonesOf(cloud: RegionalCloud, region: string): string[] {
  const regions = regionsByCloud[cloud];
  const letters = Object.hasOwn(regions, region) ? (regions[region] ?? "") : "";
  return [...letters].map((letter) =>
    cloud === "aws" ? `${region}${letter}` : `${region}-${letter}`,
  );
}

/** The zones a cell gets when its manifest names none: the first three of the region. */
export function defaultZones(cloud: RegionalCloud, region: string): string[] {
  return zonesOf(cloud, region).slice(0, 3);
}

/** An AWS account id. In quotes: YAML would read a number and drop leading zeros. */
export const accountText = z
  .string()
  .regex(/^\d{12}$/, { error: "must be an account id of 12 digits, in quotes" });

/** A Google Cloud project id. */
export const projectText = z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, {
  error: "must be a project id: 6 to 30 lower case letters, digits and hyphens",
});

/** A Google Cloud project number, part of the names of service agents and workload identities. */
export const projectNumberText = z
  .string()
  .regex(/^\d{6,19}$/, { error: "must be the project's number, in quotes" });

/** A schema for the name of a region that exists. */
export function regionText(cloud: RegionalCloud) {
  return z.string().superRefine((region, context) => {
    const message = regionProblem(cloud, region);
    if (message) context.addIssue({ code: "custom", message, input: region });
  });
}

export function regionProblem(cloud: RegionalCloud, region: string): string | undefined {
  if (Object.hasOwn(regionsByCloud[cloud], region)) return undefined;
  return `must be a region of ${cloud}${didYouMean(region, regionsOf(cloud), { list: false })}`;
}

/** Adds the problems of a cell's zones. Call it from the refinement of a schema that also has the region. */
export function refineZones(
  cloud: RegionalCloud,
  {
    region,
    zones = [],
  }: { readonly region: string; readonly zones?: readonly string[] | undefined },
  context: z.RefinementCtx,
): void {
  for (const { index, message } of zoneProblems(cloud, region, zones))
    context.addIssue({ code: "custom", path: ["zones", index], input: zones[index], message });
}

/** The problems of a list of zones, by index; none while the region itself is invalid. */
export function zoneProblems(
  cloud: RegionalCloud,
  region: string,
  zones: readonly string[],
): { readonly index: number; readonly message: string }[] {
  const known = zonesOf(cloud, region);
  if (known.length === 0) return [];
  return zones.flatMap((zone, index) => {
    if (!known.includes(zone)) {
      return [{ index, message: `must be a zone of ${region}: ${known.join(", ")}` }];
    }
    return zones.indexOf(zone) < index ? [{ index, message: "must not be listed twice" }] : [];
  });
}
