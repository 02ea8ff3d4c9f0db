import { z } from "zod";

const label = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
});

/**
 * A schema for the name of a namespace that is created for one service.
 *
 * @param name the schema of names
 */
export function ownNamespace(name: z.ZodString = label) {
  return name.refine((text) => text !== "default" && !text.startsWith("kube-"), {
    error:
      'must be a dedicated namespace: "default" and names that start with "kube-" are reserved for the cluster',
  });
}
