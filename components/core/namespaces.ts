import { z } from "zod";

const label = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
});

/**
 * A schema for the name of a namespace that is made for a service, and closed for everybody else.
 *
 * @param name what names may look like
 */
export function ownNamespace(name: z.ZodString = label) {
  return name.refine((text) => text !== "default" && !text.startsWith("kube-"), {
    error:
      'must be a namespace of its own: "default" and those that begin with "kube-" are the cluster\'s',
  });
}
