/** The schema of a cell's manifest. */

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

/** The key of an additional service of a kind; part of its resources' names. */
const sectionKey = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/, {
  error: "must be 1 to 20 lower case letters, digits and hyphens, starting with a letter",
});

const fields = {
  kind: z.literal("cell"),
  environment: nameSchema,
  /** The cell's CIDR block: inside the environment's supernet, not overlapping any other cell's. */
  cidr: cidrText,
  /** @default the environment's */
  owner: label.optional(),
  /** @default the environment's */
  costCentre: label.optional(),
  /** @default the environment's */
  dataClass: z.enum(dataClasses).optional(),
  /** Tags of the cell's resources; they override the environment's. @default {} */
  tags: tagsSchema.default({}),
  /**
   * Where its data must stay: `eu`, or a country such as `us`. The cell and the cells that it copies to must be there.
   * @default no restriction
   */
  residency: jurisdiction.optional(),
  /** Module that adjusts the resources of its stack; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
};

/** The fields of a cell's sections: each is a map that the section's own schemas check. */
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
                    error: `must not be "main", which is ${name}`,
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

/** The schema of a cell's manifest with the sections of a registry, which it returns below `sections`. */
export function cellSchema(registry: readonly Section[]) {
  const sections = sectionFields(registry);
  // The sections' names are known only at run time.
  const cell = { ...fields, ...(sections as Record<never, never>) };
  return cellFields(cell).transform((manifest) => {
    const entries = Object.entries(manifest);
    return {
      ...(Object.fromEntries(
        entries.filter(([field]) => !Object.hasOwn(sections, field)),
      ) as typeof manifest),
      sections: Object.fromEntries(
        entries.filter(([field]) => Object.hasOwn(sections, field)),
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
      /** What people can reach besides its cluster and database; see components/people-access. */
      people: awsCellPeopleSettings.optional(),
    }),
    z.strictObject({
      ...cell,
      cloud: z.literal("gcp"),
      project: projectText,
      /** Part of the names of a project's service agents. */
      projectNumber: projectNumberText,
      region: z.string(),
      /** @default the first three zones of the region */
      zones: z.array(z.string()).min(1).max(4).optional(),
      /** What people can reach besides its cluster and database; see components/people-access. */
      people: gcpCellPeopleSettings.optional(),
    }),
    z.strictObject({
      ...cell,
      cloud: z.literal("onprem"),
      /** The location's display name: `Seoul`. */
      site: z.string().min(2).max(40),
      /** The site's resolvers, if the environment has private names; see components/private-dns. */
      dns: onpremDnsSettings.optional(),
      /** The country it is in, which residency is checked against: `kr`. @default not set */
      country: country.optional(),
    }),
  ]);
}

export type CellManifest = z.output<ReturnType<typeof cellSchema>>;
