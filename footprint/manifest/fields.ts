/** Fields that several kinds of manifests share. */
import { z } from "zod";
import { dataClasses } from "../../components/core/tags.ts";

/** A string that is a valid tag on every cloud. */
export const label = z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$/, {
  error:
    "must be 1 to 63 lower case letters, digits, hyphens and underscores, which are valid in tags of every cloud",
});

/** A TypeScript or JavaScript module next to the config file that adjusts components' resources. */
export const hooksFile = z.string().regex(/^\.{1,2}\/[^\0]*\.[cm]?[jt]s$/, {
  error: 'must be the path of a module from the config file\'s folder: "./hooks.ts"',
});

/** Who owns the resources and who pays for them. */
export const ownership = {
  /** The team that owns the resources. */
  owner: label,
  costCentre: label,
  /**
   * The most sensitive class of data that may be stored.
   * @default "internal"
   */
  dataClass: z.enum(dataClasses).default("internal"),
};
