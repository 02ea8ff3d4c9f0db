/** What an environment's manifest may say. */
import { z } from "zod";
import { connectivitySettings } from "../../components/connectivity/schema.ts";
import { privateCidrText } from "../../components/core/cidr.ts";
import { existingKeysSettings } from "../../components/keys/schema.ts";
import { peopleSettings } from "../../components/people-access/schema.ts";
import { dnsSettings } from "../../components/private-dns/schema.ts";
import { credentialsSettings } from "../../components/provider/credentials.ts";
import { claims } from "./claims.ts";
import { auditSection, budgetSection, deployersSection } from "./environment-sections.ts";
import { hooksFile, ownership } from "./fields.ts";
import { tagsSchema } from "./tags.ts";

export const environmentSchema = z.strictObject({
  kind: z.literal("environment"),
  /** Where it stands: the embedded cloud, or the real ones. The state of the two never mixes. */
  target: z.enum(["rehearsal", "cloud"]),
  ...claims,
  ...ownership,
  /** Tags of all resources beside those of ownership; see stacks/README.md. @default {} */
  tags: tagsSchema.default({}),
  keys: z
    .strictObject({
      /**
       * Counts up when an environment is built again under the name of one that was destroyed: Google never gives the name of
       * a key free.
       * @default 1
       */
      edition: z.int().min(1).max(999).default(1),
      /** Keys that exist, which are not created; see components/keys. @default none */
      existing: existingKeysSettings.optional(),
    })
    .prefault({}),
  /** Whom its stacks and those of its cells act as in accounts and projects; see stacks/README.md. */
  credentials: credentialsSettings,
  /** Its audit trail; see environment-sections.ts, as for all that follow. */
  audit: auditSection,
  /** What it may cost. */
  budget: budgetSection,
  /** How its cells reach each other; see components/connectivity. @default they do not */
  connectivity: connectivitySettings.optional(),
  /** Who deploys it from continuous integration. */
  deployers: deployersSection,
  /** The private names of its cells; see components/private-dns. @default none */
  dns: dnsSettings.optional(),
  /** How people reach what is private in its cells; see components/people-access. @default nobody does */
  people: peopleSettings.optional(),
  /** What its cells have where their own files do not say it; its fields are those of cells: see cell-defaults.ts. @default {} */
  cellDefaults: z.record(z.string(), z.unknown()).default({}),
  /** Changes of what its own stack asks for; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
  addressSpace: z.strictObject({
    /** The private block that all cells' blocks lie in. */
    supernet: privateCidrText,
  }),
});

export type EnvironmentManifest = z.output<typeof environmentSchema>;
