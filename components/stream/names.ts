import { z } from "zod";

/**
 * The name of a topic. Kafka allows 249 of `[a-zA-Z0-9._-]`. Capitals and underscores are excluded, because metrics do not distinguish
 * `.` from `_`, and names of Kubernetes objects allow neither. 180 leaves room for derived names.
 */
export const topicName = z
  .string()
  .regex(/^[a-z][a-z0-9]*([.-][a-z0-9]+)*$/, {
    error: "must be lower case letters, digits, dots and hyphens, starting with a letter",
  })
  .max(180, { error: "must have at most 180 characters" });

/** A key of a map, which is part of names. */
export const key = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
});
