/** What a stack's config may say. A manifest is plain data; everything in it is checked before anything is registered. */
import { z } from "zod";
import { cidrText, privateCidrText } from "../components/core/cidr.ts";
import { dataClasses } from "../components/core/tags.ts";
import { frameworkIds } from "../policies/frameworks/ids.ts";

/** Environment and cell names become parts of nearly every physical name, and the shortest of those hold 30 characters. */
const longestName = 20;

/** An environment's or a cell's name: lower case letters, digits and hyphens. */
export const nameSchema = z
  .string()
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
    error: "must be lower case letters, digits and hyphens, starting with a letter",
  })
  .max(longestName, { error: `must have at most ${longestName} characters` });

const label = z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
  error:
    "must be 1 to 63 lower case letters, digits, hyphens and underscores, so that every cloud takes it as a tag",
});

const ownership = {
  /** The team that answers for the resources. */
  owner: label,
  costCentre: label,
  /**
   * The most sensitive data that may be kept there.
   * @default "internal"
   */
  dataClass: z.enum(dataClasses).default("internal"),
};

const exemption = z.strictObject({
  /** Control id, for example `EKS1`. */
  control: z.string().regex(/^[A-Z]+\d+$/, { error: 'must be a control id such as "EKS1"' }),
  /** The resource's name or URN; `*` stands for any characters. */
  resource: z.string().min(1),
  /** Why the risk is accepted, in a sentence an auditor can read. */
  reason: z.string().min(10, { error: "must say why, in at least 10 characters" }),
  /** Last day on which it holds. */
  expires: z.iso.date({ error: 'must be a date such as "2027-03-31"' }),
});

export const environmentSchema = z.strictObject({
  kind: z.literal("environment"),
  /** Where it stands: the embedded cloud, or the real ones. The state of the two never mixes. */
  target: z.enum(["rehearsal", "cloud"]),
  /**
   * `permanent` protects what holds data from deletion; `ephemeral` can be destroyed in one go.
   * @default "permanent"
   */
  lifetime: z.enum(["permanent", "ephemeral"]).default("permanent"),
  ...ownership,
  /**
   * The frameworks it claims. Every control is enforced in any case; a claim adds its evidence and retention duties.
   * @default []
   */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
  /** @default [] */
  exemptions: z.array(exemption).default([]),
  keys: z
    .strictObject({
      /**
       * Counts up when an environment is built again under the name of one that was destroyed: Google never gives the name of
       * a key free.
       * @default 1
       */
      edition: z.int().min(1).max(999).default(1),
    })
    .prefault({}),
  addressSpace: z.strictObject({
    /** The private block that all cells' blocks lie in. */
    supernet: privateCidrText,
  }),
});

const section = z.record(z.string(), z.unknown());

const cell = {
  kind: z.literal("cell"),
  environment: nameSchema,
  /** The cell's own block: inside the environment's supernet, apart from every other cell's. */
  cidr: cidrText,
  /** @default the environment's */
  owner: label.optional(),
  /** @default the environment's */
  costCentre: label.optional(),
  /** @default the environment's */
  dataClass: z.enum(dataClasses).optional(),
  /** See components/network; every setting has a default. */
  network: section.default({}),
  /** See components/cluster. */
  cluster: section,
  /** See components/node-pool. */
  nodePools: z.record(z.string(), z.unknown()),
};

export const cellSchema = z.discriminatedUnion("cloud", [
  z.strictObject({
    ...cell,
    cloud: z.literal("aws"),
    account: z
      .string()
      .regex(/^\d{12}$/, { error: "must be an account id of 12 digits, in quotes" }),
    region: z.string(),
    /** @default the first three zones of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
  }),
  z.strictObject({
    ...cell,
    cloud: z.literal("gcp"),
    project: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, {
      error: "must be a project id: 6 to 30 lower case letters, digits and hyphens",
    }),
    /** Google names a project's service agents by it. */
    projectNumber: z
      .string()
      .regex(/^\d{6,19}$/, { error: "must be the project's number, in quotes" }),
    region: z.string(),
    /** @default the first three zones of the region */
    zones: z.array(z.string()).min(1).max(4).optional(),
  }),
  z.strictObject({
    ...cell,
    cloud: z.literal("onprem"),
    /** Where it stands, for people: `Seoul`. */
    site: z.string().min(2).max(40),
  }),
]);

/** One line a kind; `kind` decides which schema a manifest is checked by. */
export const manifestSchemas = { environment: environmentSchema, cell: cellSchema } as const;

export type Kind = keyof typeof manifestSchemas;
export type EnvironmentManifest = z.output<typeof environmentSchema>;
export type CellManifest = z.output<typeof cellSchema>;
export type Manifest = EnvironmentManifest | CellManifest;
