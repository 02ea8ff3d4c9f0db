/** The schema of a tenant's manifest. */
import { z } from "zod";
import { frameworkIds } from "../../components/core/frameworks.ts";
import { nameSchema } from "../../components/core/stack-name.ts";
import { dataClasses } from "../../components/core/tags.ts";
import { jurisdiction } from "../../components/replication/residency.ts";
import type { TenantSection } from "../../components/section/tenant-section.ts";
import { hostname, scopeName } from "../../components/tenancy/environment-schema.ts";
import { overridesSchema } from "../../components/tenancy/overrides.ts";
import { tierName } from "../../components/tenancy/tier-schema.ts";
import { tenantSections } from "../../components/tenant-sections.ts";
import { hooksFile, label } from "./fields.ts";
import { tagsSchema } from "./tags.ts";

const partner = z.strictObject({
  /** The partner's display name. */
  name: z.string().min(2).max(64),
  /** What it may do: scopes of the environment. */
  scopes: z.array(scopeName).min(1),
  /** Its rate plan. @default the tenant's */
  ratePlan: z.string().optional(),
});

const legalHold = z.strictObject({
  /** The case, or the authority. */
  reason: z.string().min(5),
  /** Last day. @default until it is removed from the manifest */
  until: z.iso.date({ error: 'must be a date such as "2027-03-31"' }).optional(),
});

/** In which order a move goes: `atoll tenant move` writes it. */
export const moveStages = ["build", "stopped", "reverting", "cut-over", "ending"] as const;

const moving = z.strictObject({
  /** What changes. */
  what: z.enum(["tier", "cell"]),
  /** The tier or cell before the move. */
  from: z.string(),
  /** The tier or cell after it. */
  to: z.string(),
  /** Its first day. */
  since: z.iso.date({ error: 'must be a date such as "2027-03-31"' }),
  /**
   * `build` and `stopped`: the tenant works with the old one; `cut-over`: with the new one. `ending` lifts the protection of the old
   * one, `reverting` of the new one, before it is deleted.
   */
  stage: z.enum(moveStages),
  /** Steps that are done. @default [] */
  done: z.array(z.string()).default([]),
  /** Its state before the move. @default "active" */
  state: z.enum(["active", "suspended"]).default("active"),
});

export type Move = z.output<typeof moving>;

export const tenantFields = {
  kind: z.literal("tenant"),
  environment: nameSchema,
  /** The cell that it is on. */
  cell: nameSchema.optional(),
  /** The cells that it is on, in place of `cell`, the first one first in use. */
  cells: z.array(nameSchema).min(1).max(4).optional(),
  /** One of the environment's tiers. */
  tier: tierName,
  /** Settings of the tier with other values, by path; within the tier's bounds. @default {} */
  overrides: overridesSchema.default({}),
  /** Where its data must stay: `eu`, or a country such as `us`. @default no restriction */
  residency: jurisdiction.optional(),
  /** Frameworks that it needs, of those of the environment and the tier. @default [] */
  frameworks: z.array(z.enum(frameworkIds)).default([]),
  /** @default the environment's */
  owner: label.optional(),
  /** @default the environment's */
  costCentre: label.optional(),
  /** @default the environment's */
  dataClass: z.enum(dataClasses).optional(),
  /** Tags of its resources; they override the environment's. @default {} */
  tags: tagsSchema.default({}),
  /** Host names of its endpoints, in the environment's domains. @default [] */
  hostnames: z.array(hostname).default([]),
  /** Partners with access to its APIs, by client id. @default {} */
  partners: z.record(z.string().regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/), partner).default({}),
  /** The release ring: rings are updated in order. @default 1 */
  ring: z.int().min(0).max(9).default(1),
  /** Module that adjusts the resources of its stack; see stacks/README.md. @default none */
  hooks: hooksFile.optional(),
  /** `suspended` stops its workloads and traffic, and keeps its data. @default "active" */
  state: z.enum(["active", "suspended"]).default("active"),
  /** While it applies, nothing of the tenant can be deleted. @default none */
  legalHold: legalHold.optional(),
  /** The move that is not finished. Written by `atoll tenant move`. @default none */
  moving: moving.optional(),
  /**
   * How often a section was recreated beside the old one, on the same cell: part of the names of its components. Written by
   * `atoll tenant move`; a change deletes and creates them.
   * @default {}
   */
  builds: z.record(z.string(), z.int().min(2).max(99)).default({}),
};

/** The fields of a tenant's sections. */
function sectionFields(registry: readonly TenantSection[]): z.ZodRawShape {
  return Object.fromEntries(
    registry.map(({ name, settings, required }): [string, z.ZodType] => [
      name,
      required === "defaulted" ? settings.prefault({}) : settings.optional(),
    ]),
  );
}

/** The schema of a tenant's manifest with the sections of a registry, which it returns below `sections`. */
export function tenantSchema(registry: readonly TenantSection[] = tenantSections) {
  const sections = sectionFields(registry);
  return (
    z
      // The sections' names are known only at run time.
      .strictObject({ ...tenantFields, ...(sections as Record<never, never>) })
      .superRefine(({ cell, cells }, context) => {
        if ((cell === undefined) !== (cells === undefined)) {
          for (const name of repeated(cells ?? [])) {
            context.addIssue({
              code: "custom",
              path: ["cells"],
              input: name,
              message: "must not name a cell twice",
            });
          }
          return;
        }
        context.addIssue({
          code: "custom",
          path: ["cell"],
          input: cell,
          message: 'must name its cell, or several as "cells": one of both',
        });
      })
      .transform(({ cell, cells, ...manifest }) => {
        const entries = Object.entries(manifest);
        return {
          ...(Object.fromEntries(
            entries.filter(([field]) => !Object.hasOwn(sections, field)),
          ) as typeof manifest),
          cells: cells ?? (cell === undefined ? [] : [cell]),
          sections: Object.fromEntries(
            entries.filter(
              ([field, value]) => Object.hasOwn(sections, field) && value !== undefined,
            ),
          ) as Readonly<Record<string, unknown>>,
        };
      })
  );
}

export type TenantManifest = z.output<ReturnType<typeof tenantSchema>>;

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
