/** Settings of the keys. All defaults are here. */
import { z } from "zod";
import { kmsKeyArn } from "../core/aws-key-schema.ts";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { services } from "../services.ts";

/** Purposes of keys that belong to no service. */
const ofCells = ["cluster-secrets", "logs", "volumes"] as const;

/** The keys that services of cells declare. */
export const serviceKeys = services.flatMap((service) => ("key" in service ? [service.key] : []));

type ServiceKey = (typeof serviceKeys)[number];
export type Purpose = (typeof ofCells)[number] | ServiceKey["purpose"];

/**
 * All purposes. One key per purpose: disabling one affects nothing else. An environment has all of them, even those that no cell
 * uses yet: it is deployed before its cells, and must not delete a key that a cell still uses.
 */
export const purposes: readonly Purpose[] = [
  ...ofCells,
  ...serviceKeys.map(({ purpose }) => purpose),
];

/** On GCP the audit archive's key is included. On AWS the archive creates it, because its policy names the trail. */
export type GcpPurpose = Purpose | "audit";
export const gcpPurposes: readonly GcpPurpose[] = [...purposes, "audit"];

/** A record with a value for each of these purposes. */
export function byPurpose<P extends string, T>(
  all: readonly P[],
  of: (purpose: P) => T,
): Record<P, T> {
  return Object.fromEntries(all.map((purpose) => [purpose, of(purpose)])) as Record<P, T>;
}

/** An existing key of Cloud KMS. It may be in a project of its own. */
const gcpKeyName = z
  .string()
  .regex(
    /^projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/locations\/[a-z0-9-]+\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63}$/,
    {
      error:
        'must be the resource name of a Cloud KMS key, such as "projects/acme-keys/locations/europe-west1/keyRings/prod/cryptoKeys/objects"',
    },
  );

const awsExisting = z.partialRecord(z.enum(purposes), kmsKeyArn);
const gcpExisting = z.partialRecord(z.enum(gcpPurposes), gcpKeyName);

/** Existing keys that are not where they are to be used. */
function addMisplaced(
  existing: Readonly<Record<string, string>> = {},
  form: z.ZodType,
  place: RegExp,
  message: string,
  context: z.RefinementCtx,
  path: readonly string[],
): void {
  for (const [purpose, key] of Object.entries(existing)) {
    if (place.test(key) || !form.safeParse(key).success) continue;
    context.addIssue({ code: "custom", path: [...path, purpose], message, input: key });
  }
}

function refineAws(
  existing: Readonly<Record<string, string>> | undefined,
  { account, region }: { readonly account: string; readonly region: string },
  context: z.RefinementCtx,
  path: readonly string[],
): void {
  const place = new RegExp(`^arn:[^:]+:kms:${region}:${account}:`);
  addMisplaced(
    existing,
    kmsKeyArn,
    place,
    `must be a key of ${account} in ${region}`,
    context,
    path,
  );
}

function refineGcp(
  existing: Readonly<Record<string, string>> | undefined,
  region: string,
  context: z.RefinementCtx,
  path: readonly string[],
): void {
  const place = new RegExp(`^projects/[^/]+/locations/${region}/`);
  addMisplaced(existing, gcpKeyName, place, `must be a key in ${region}`, context, path);
}

/** Existing keys that an environment's manifest refers to, below `keys.existing:`. */
export const existingKeysSettings = z
  .strictObject({
    /** ARNs of KMS keys by account, region and purpose. @default {} */
    accounts: z.record(accountText, z.record(regionText("aws"), awsExisting)).default({}),
    /** Resource names of Cloud KMS keys by project, region and purpose. @default {} */
    projects: z.record(projectText, z.record(regionText("gcp"), gcpExisting)).default({}),
  })
  .superRefine(({ accounts, projects }, context) => {
    for (const [account, regions] of Object.entries(accounts)) {
      for (const [region, keys] of Object.entries(regions))
        refineAws(keys, { account, region }, context, ["accounts", account, region]);
    }
    for (const [project, regions] of Object.entries(projects)) {
      for (const [region, keys] of Object.entries(regions))
        refineGcp(keys, region, context, ["projects", project, region]);
    }
  });

const edition = z.int().min(1).max(999).default(1);

/** `keys` in an environment's manifest. */
export const keysSettings = z.strictObject({
  /**
   * Increment it to recreate a destroyed environment under the same name: Google never releases the name of a key.
   * @default 1
   */
  edition,
  /** Keys that exist, which are not created. @default none */
  existing: existingKeysSettings.optional(),
});

const awsKeysSchema = z
  .strictObject({
    cloud: z.literal("aws"),
    /** The owner of the keys. */
    account: accountText,
    /** The region of the keys. They cannot be used in other regions. */
    region: regionText("aws"),
    /** Days between key rotations. Existing data keeps its key material. @default 365 */
    rotationDays: z.int().min(90).max(2560).default(365),
    /** Waiting period in days before a deleted key, and all data encrypted with it, is lost. @default 30 */
    deletionWindowDays: z.int().min(7).max(30).default(30),
    /** ARNs of existing keys by purpose; the others are created. @default none */
    existing: awsExisting.optional(),
  })
  .superRefine((spec, context) => refineAws(spec.existing, spec, context, ["existing"]));

const gcpKeysSchema = z
  .strictObject({
    cloud: z.literal("gcp"),
    /** The owner of the keys. */
    project: projectText,
    /** Google Cloud uses it in the names of a project's service agents. */
    projectNumber: projectNumberText,
    /** The region of the key ring. Disks and clusters in other regions cannot use its keys. */
    region: regionText("gcp"),
    /** Days between key rotations. @default 90, the maximum of CIS GCP 1.10 */
    rotationDays: z.int().min(1).max(90).default(90),
    /**
     * Google Cloud never deletes a key ring or the name of a key. After a destroy, an environment of the same name needs the
     * next edition.
     * @default 1
     */
    edition,
    /** Resource names of existing keys by purpose; the others are created. @default none */
    existing: gcpExisting.optional(),
  })
  .superRefine((spec, context) => refineGcp(spec.existing, spec.region, context, ["existing"]));

/** On-premises there is no key service: clusters use their own encryption. */
export const keysSchema = z.discriminatedUnion("cloud", [awsKeysSchema, gcpKeysSchema]);

export { awsKeysSchema, gcpKeysSchema };

export type KeysSettings = z.output<typeof keysSettings>;
export type AwsKeysInput = z.input<typeof awsKeysSchema>;
export type AwsKeysSpec = z.output<typeof awsKeysSchema>;
export type GcpKeysInput = z.input<typeof gcpKeysSchema>;
export type GcpKeysSpec = z.output<typeof gcpKeysSchema>;
