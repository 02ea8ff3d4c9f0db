/** The schema of an environment's manifest. */
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
  /** Where it is deployed: the embedded cloud or real clouds. Their states are separate. */
  target: z.enum(["rehearsal", "cloud"]),
  ...claims,
  ...ownership,
  /** Tags of all resources besides those of ownership; see stacks/README.md. @default {} */
  tags: tagsSchema.default({}),
  keys: z
    .strictObject({
      /**
       * Increment it to recreate a destroyed environment under the same name: Google never releases the name of a key.
       * @default 1
       */
      edition: z.int().min(1).max(999).default(1),
      /** Keys that exist, which are not created; see components/keys. @default none */
      existing: existingKeysSettings.optional(),
    })
    .prefault({}),
  /** The roles and service accounts that its stacks and its cells' stacks use; see stacks/README.md. */
  credentials: credentialsSettings,
  /** Its audit trail; see environment-sections.ts. */
  audit: auditSection,
  /** Its budgets; see environment-sections.ts. */
  budget: budgetSection,
  /** How its cells reach each other; see components/connectivity. @default cells are isolated */
  connectivity: connectivitySettings.optional(),
  /** The CI jobs that deploy it; see environment-sections.ts. */
  deployers: deployersSection,
  /** The private names of its cells; see components/private-dns. @default none */
  dns: dnsSettings.optional(),
  /** How people reach private endpoints of its cells; see components/people-access. @default no access */
  people: peopleSettings.optional(),
  /** Defaults for its cells, with the fields of a cell; see cell-defaults.ts. @default {} */
  cellDefaults: z.record(z.string(), z.unknown()).default({}),
  /** Module that adjusts the resources of its own stack; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
  addressSpace: z.strictObject({
    /** The private CIDR block that contains all cells' blocks. */
    supernet: privateCidrText,
  }),
});

export type EnvironmentManifest = z.output<typeof environmentSchema>;
