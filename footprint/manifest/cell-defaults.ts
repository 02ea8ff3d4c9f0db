/** Defaults that an environment's manifest may set for its cells. The values are checked in each cell. */
import { z } from "zod";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Section } from "../../components/section/section.ts";
import { cellFieldNames } from "./cell.ts";

/** The fields that identify a cell, which cannot have a default. */
export const ofOneCell: readonly string[] = ["kind", "environment", "cloud", "cidr"];

/** The fields that may have a default for all cells, and for the cells of each cloud. */
export function cellDefaultFields(
  registry: readonly Section[],
): Readonly<Record<Cloud | "common", readonly string[]>> {
  const names = cellFieldNames(registry);
  const on = (cloud: Cloud) => names[cloud].filter((field) => !ofOneCell.includes(field));
  const byCloud = { aws: on("aws"), gcp: on("gcp"), onprem: on("onprem") };
  const common = byCloud.aws.filter((field) =>
    clouds.every((cloud) => byCloud[cloud].includes(field)),
  );
  return { common, ...byCloud };
}

export function cellDefaultsSchema(registry: readonly Section[]) {
  const fields = cellDefaultFields(registry);
  return anyOf(fields.common).extend({
    /** For cells on AWS; overrides the defaults for all cells. */
    aws: anyOf(fields.aws).optional(),
    /** For cells on Google Cloud; overrides the defaults for all cells. */
    gcp: anyOf(fields.gcp).optional(),
    /** For on-premises cells; overrides the defaults for all cells. */
    onprem: anyOf(fields.onprem).optional(),
  });
}

function anyOf(fields: readonly string[]) {
  return z.strictObject(Object.fromEntries(fields.map((field) => [field, z.unknown()]))).partial();
}
