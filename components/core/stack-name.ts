import { z } from "zod";

/** Environment and cell names become parts of nearly every physical name, and the shortest of those hold 30 characters. */
const longestName = 20;

/** An environment's or a cell's name: lower case letters, digits and single hyphens, as databases and caches of AWS take no two in a row. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
    error: "must be lower case letters, digits and single hyphens, starting with a letter",
  })
  .max(longestName, { error: `must have at most ${longestName} characters` });
