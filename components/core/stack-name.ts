import { z } from "zod";

/** Environment and cell names are part of most physical names, and the shortest limit of those is 30 characters. */
const longestName = 20;

/** The name of an environment or a cell. Single hyphens only: RDS and ElastiCache do not allow two in a row. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
    error: "must be lower case letters, digits and single hyphens, starting with a letter",
  })
  .max(longestName, { error: `must have at most ${longestName} characters` });
