/** What an environment's manifest may say for all of its cells. What is in the fields is checked in each cell. */
import { z } from "zod";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Section } from "../../components/section/section.ts";
import { cellFieldNames } from "./cell.ts";

/** What makes a cell this cell and no other. */
export const ofOneCell: readonly string[] = ["kind", "environment", "cloud", "cidr"];

/** The fields that may be given for all cells, and for those of each cloud. */
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
    /** For the cells on AWS, over what is for all. */
    aws: anyOf(fields.aws).optional(),
    /** For the cells on Google Cloud, over what is for all. */
    gcp: anyOf(fields.gcp).optional(),
    /** For the cells on-premises, over what is for all. */
    onprem: anyOf(fields.onprem).optional(),
  });
}

function anyOf(fields: readonly string[]) {
  return z.strictObject(Object.fromEntries(fields.map((field) => [field, z.unknown()]))).partial();
}
