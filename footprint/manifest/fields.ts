/** The fields that manifests of several kinds have. */
import { z } from "zod";
import { dataClasses } from "../../components/core/tags.ts";

/** Text that every cloud takes as a tag. */
export const label = z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
  error:
    "must be 1 to 63 lower case letters, digits, hyphens and underscores, so that every cloud takes it as a tag",
});

/** A module of TypeScript or JavaScript beside the config file that changes what components ask for. */
export const hooksFile = z.string().regex(/^\.{1,2}\/[^\0]*\.[cm]?[jt]s$/, {
  error: 'must be the path of a module from the config file\'s folder: "./hooks.ts"',
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
