/** What a cell's manifest may say. */

import { z } from "zod";
import { cidrText } from "../../components/core/cidr.ts";
import {
  accountText,
  type Cloud,
  projectNumberText,
  projectText,
} from "../../components/core/cloud.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { dataClasses } from "../../components/core/tags.ts";
import {
  awsCellPeopleSettings,
  gcpCellPeopleSettings,
} from "../../components/people-access/schema.ts";
import { onpremDnsSettings } from "../../components/private-dns/schema.ts";
import { country, jurisdiction } from "../../components/replication/residency.ts";
import type { WrittenSections } from "../../components/section/cell.ts";
import type { Section } from "../../components/section/section.ts";
import { hooksFile, label } from "./fields.ts";
import { tagsSchema } from "./tags.ts";

const written = z.record(z.string(), z.unknown());

/** The key of a further service of a kind; part of the names of what is made for it. */
const sectionKey = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

const fields = {
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
  /** Tags of the cell's resources, over the environment's. @default {} */
  tags: tagsSchema.default({}),
  /**
   * Where its data has to stay: `eu`, or a country such as `us`. The cell has to be there, and so do the cells that it copies to.
   * @default it may go anywhere
   */
  residency: jurisdiction.optional(),
  /** Changes of what its stack asks for; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
};

/** The fields of the sections that a cell can have, each a map that the section's own schemas check. */
function sectionFields(registry: readonly Section[]): z.ZodRawShape {
  return Object.fromEntries(
    registry.flatMap(({ name, plural, required }): [string, z.ZodType][] => [
      [
        name,
        required ? (required === "defaulted" ? written.default({}) : written) : written.optional(),
      ],
      ...(plural === undefined
        ? []
        : [
            [
              plural,
              z
                .record(
                  sectionKey.refine((key) => key !== "main", {
                    error: `must be another than "main", which is ${name}`,
                  }),
                  written,
                )
                .optional(),
            ] as [string, z.ZodType],
          ]),
    ]),
  );
}

/** The fields of a cell's manifest on each cloud. */
export function cellFieldNames(registry: readonly Section[]): Record<Cloud, readonly string[]> {
  const cell = { ...fields, ...(sectionFields(registry) as Record<never, never>) };
  const names = cellFields(cell).options.map(({ shape }) => [
    shape.cloud.value,
    Object.keys(shape),
  ]);
  return Object.fromEntries(names) as Record<Cloud, readonly string[]>;
}

/** What a cell's manifest may say, with the sections of a registry, which come back below `sections`. */
export function cellSchema(registry: readonly Section[]) {
  const sections = sectionFields(registry);
  // Their names are known when the program runs, not when it is typed.
  const cell = { ...fields, ...(sections as Record<never, never>) };
  return cellFields(cell).transform((manifest) => {
    const entries = Object.entries(manifest);
    return {
      ...(Object.fromEntries(entries.filter(([field]) => !(field in sections))) as typeof manifest),
      sections: Object.fromEntries(
        entries.filter(([field]) => field in sections),
      ) as WrittenSections,
    };
  });
}

function cellFields(cell: typeof fields) {
  return z.discriminatedUnion("cloud", [
    z.strictObject({
      ...cell,
      cloud: z.literal("aws"),
      account: accountText,
      region: z.string(),
      /** @default the first three zones of the region */
      zones: z.array(z.string()).min(2).max(4).optional(),
      /** What of it people reach beside its cluster and database; see components/people-access. */
      people: awsCellPeopleSettings.optional(),
    }),
    z.strictObject({
      ...cell,
      cloud: z.literal("gcp"),
      project: projectText,
      /** Google names a project's service agents by it. */
      projectNumber: projectNumberText,
      region: z.string(),
      /** @default the first three zones of the region */
      zones: z.array(z.string()).min(1).max(4).optional(),
      /** What of it people reach beside its cluster and database; see components/people-access. */
      people: gcpCellPeopleSettings.optional(),
    }),
    z.strictObject({
      ...cell,
      cloud: z.literal("onprem"),
      /** Where it stands, for people: `Seoul`. */
      site: z.string().min(2).max(40),
      /** Its own resolvers, where the environment has private names; see components/private-dns. */
      dns: onpremDnsSettings.optional(),
      /** The country it stands in, which residency is held against: `kr`. @default not said */
      country: country.optional(),
    }),
  ]);
}

export type CellManifest = z.output<ReturnType<typeof cellSchema>>;
