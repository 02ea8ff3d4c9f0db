/** The fields that manifests of several kinds have. */
import { z } from "zod";
import { dataClasses } from "../../components/core/tags.ts";

/** Environment and cell names become parts of nearly every physical name, and the shortest of those hold 30 characters. */
const longestName = 20;

/** An environment's or a cell's name: lower case letters, digits and single hyphens, as databases and caches of AWS take no two in a row. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
    error: "must be lower case letters, digits and single hyphens, starting with a letter",
  })
  .max(longestName, { error: `must have at most ${longestName} characters` });

/** Text that every cloud takes as a tag. */
export const label = z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
  error:
    "must be 1 to 63 lower case letters, digits, hyphens and underscores, so that every cloud takes it as a tag",
});

/** Who answers for what is built, and who pays. */
export const ownership = {
  /** The team that answers for the resources. */
  owner: label,
  costCentre: label,
  /**
   * The most sensitive data that may be kept there.
   * @default "internal"
   */
  dataClass: z.enum(dataClasses).default("internal"),
};
