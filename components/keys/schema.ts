/** What the keys of an account and region may be told, and every default. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { services } from "../services.ts";

/** What keys are for that belong to no service. */
const ofCells = ["cluster-secrets", "logs", "volumes"] as const;

/** The keys that services of cells declare. */
export const serviceKeys = services.flatMap((service) => ("key" in service ? [service.key] : []));

type ServiceKey = (typeof serviceKeys)[number];
export type Purpose = (typeof ofCells)[number] | ServiceKey["purpose"];

/**
 * All purposes. One key per purpose: losing one, or disabling one, touches nothing else. Environments have them all, also those that
 * no cell uses yet: an environment is up before its cells, and must not take a key away that a cell still uses.
 */
export const purposes: readonly Purpose[] = [
  ...ofCells,
  ...serviceKeys.map(({ purpose }) => purpose),
];

/** On GCP the audit archive's key is among them. On AWS its policy names the trail, so that the archive makes it. */
export type GcpPurpose = Purpose | "audit";
export const gcpPurposes: readonly GcpPurpose[] = [...purposes, "audit"];

/** A value for each of these purposes. */
export function byPurpose<P extends string, T>(
  all: readonly P[],
  of: (purpose: P) => T,
): Record<P, T> {
  return Object.fromEntries(all.map((purpose) => [purpose, of(purpose)])) as Record<P, T>;
}

const awsKeysSchema = z.strictObject({
  cloud: z.literal("aws"),
  /** Whose keys they are. */
  account: accountText,
  /** Keys are used in their own region only. */
  region: regionText("aws"),
  /** Days until new material is used for what is encrypted from then on. @default 365 */
  rotationDays: z.int().min(90).max(2560).default(365),
  /** Days between the deletion of a key and the loss of all it encrypted. @default 30 */
  deletionWindowDays: z.int().min(7).max(30).default(30),
});

const gcpKeysSchema = z.strictObject({
  cloud: z.literal("gcp"),
  /** Whose keys they are. */
  project: projectText,
  /** Google names a project's service agents by it. */
  projectNumber: projectNumberText,
  /** Where the ring is; disks and clusters of other regions cannot use its keys. */
  region: regionText("gcp"),
  /** Days until a new version is used for what is encrypted from then on. @default 90, what CIS GCP 1.10 allows at most */
  rotationDays: z.int().min(1).max(90).default(90),
  /**
   * Google never deletes a key ring or the name of a key. After a destroy, an environment of the same name needs the next
   * edition.
   * @default 1
   */
  edition: z.int().min(1).max(999).default(1),
});

/** The keys of a landing place. On-premises there is no key service: clusters bring their own encryption. */
export const keysSchema = z.discriminatedUnion("cloud", [awsKeysSchema, gcpKeysSchema]);

export { awsKeysSchema, gcpKeysSchema };

export type AwsKeysInput = z.input<typeof awsKeysSchema>;
export type AwsKeysSpec = z.output<typeof awsKeysSchema>;
export type GcpKeysInput = z.input<typeof gcpKeysSchema>;
export type GcpKeysSpec = z.output<typeof gcpKeysSchema>;
