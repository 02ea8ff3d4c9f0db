/** The jurisdiction of data: the country of each region, and the European Union. */
import { z } from "zod";
import type { RegionalCloud } from "../core/cloud.ts";

/** Countries by ISO 3166-1, lower case, with the regions of AWS and of Google Cloud in them. */
interface Regions {
  readonly aws?: readonly string[];
  readonly gcp?: readonly string[];
}

/**
 * Sources: "AWS Regions and Availability Zones" of the AWS global infrastructure documentation, "Regions and zones" of the Compute
 * Engine documentation, both mid-2026.
 */
const countries: Readonly<Record<string, Regions>> = {
  ae: { aws: ["me-central-1"] },
  au: {
    aws: ["ap-southeast-2", "ap-southeast-4"],
    gcp: ["australia-southeast1", "australia-southeast2"],
  },
  be: { gcp: ["europe-west1"] },
  bh: { aws: ["me-south-1"] },
  br: { aws: ["sa-east-1"], gcp: ["southamerica-east1"] },
  ca: {
    aws: ["ca-central-1", "ca-west-1"],
    gcp: ["northamerica-northeast1", "northamerica-northeast2"],
  },
  ch: { aws: ["eu-central-2"], gcp: ["europe-west6"] },
  cl: { gcp: ["southamerica-west1"] },
  de: { aws: ["eu-central-1"], gcp: ["europe-west10", "europe-west3"] },
  es: { aws: ["eu-south-2"], gcp: ["europe-southwest1"] },
  fi: { gcp: ["europe-north1"] },
  fr: { aws: ["eu-west-3"], gcp: ["europe-west9"] },
  gb: { aws: ["eu-west-2"], gcp: ["europe-west2"] },
  hk: { aws: ["ap-east-1"], gcp: ["asia-east2"] },
  id: { aws: ["ap-southeast-3"], gcp: ["asia-southeast2"] },
  ie: { aws: ["eu-west-1"] },
  il: { aws: ["il-central-1"], gcp: ["me-west1"] },
  in: { aws: ["ap-south-1", "ap-south-2"], gcp: ["asia-south1", "asia-south2"] },
  it: { aws: ["eu-south-1"], gcp: ["europe-west12", "europe-west8"] },
  jp: { aws: ["ap-northeast-1", "ap-northeast-3"], gcp: ["asia-northeast1", "asia-northeast2"] },
  kr: { aws: ["ap-northeast-2"], gcp: ["asia-northeast3"] },
  mx: { aws: ["mx-central-1"], gcp: ["northamerica-south1"] },
  my: { aws: ["ap-southeast-5"] },
  nl: { gcp: ["europe-west4"] },
  nz: { aws: ["ap-southeast-6"] },
  pl: { gcp: ["europe-central2"] },
  qa: { gcp: ["me-central1"] },
  sa: { gcp: ["me-central2"] },
  se: { aws: ["eu-north-1"], gcp: ["europe-north2"] },
  sg: { aws: ["ap-southeast-1"], gcp: ["asia-southeast1"] },
  th: { aws: ["ap-southeast-7"] },
  tw: { aws: ["ap-east-2"], gcp: ["asia-east1"] },
  us: {
    aws: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    gcp: [
      "us-central1",
      "us-east1",
      "us-east4",
      "us-east5",
      "us-south1",
      "us-west1",
      "us-west2",
      "us-west3",
      "us-west4",
    ],
  },
  za: { aws: ["af-south-1"], gcp: ["africa-south1"] },
};

/** The member states of the European Union. Source: european-union.europa.eu, "EU countries". */
const union = new Set(
  "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split(" "),
);

const code = (what: string) =>
  z
    .string()
    .regex(/^[a-z]{2}$/, { error: `must be ${what}, in lower case` })
    .refine((text) => text !== "uk", { error: 'must be "gb", the code of ISO 3166' });

/** The country of a site. */
export const country = code('a country of ISO 3166-1 such as "kr"').refine(
  (text) => text !== "eu",
  { error: 'must be a country, not the European Union: "de" for Germany' },
);

/** The jurisdiction that data must not leave. */
export const jurisdiction = code('"eu", or a country of ISO 3166-1 such as "kr" or "us"');

/** The country of a region. Undefined for an unknown region. */
export function countryOf(cloud: RegionalCloud, region: string): string | undefined {
  return Object.entries(countries).find(([, regions]) => regions[cloud]?.includes(region))?.[0];
}

/** Whether data in this country stays in the jurisdiction. */
export function liesIn(jurisdiction: string, country: string): boolean {
  return jurisdiction === "eu" ? union.has(country) : jurisdiction === country;
}

/** `the European Union` or `"kr"`, for messages. */
export function named(jurisdiction: string): string {
  return jurisdiction === "eu" ? "the European Union" : `"${jurisdiction}"`;
}
