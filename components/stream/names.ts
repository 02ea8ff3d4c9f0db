import { z } from "zod";

/**
 * The name of a topic. Kafka takes 249 of `[a-zA-Z0-9._-]`; capitals and underscores are left out, as metrics cannot tell `.`
 * from `_`, and Kubernetes takes neither as the name of an object. 180 leaves room for the names that are made from it.
 */
export const topicName = z
  .string()
  .regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/, {
    error: "must be lower case letters, digits, dots and hyphens, starting with a letter",
  })
  .max(180, { error: "must have at most 180 characters" });

/** A key of one's own; it becomes part of names. */
export const key = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
});
