import { z } from "zod";

/** A schema for the name of a namespace that is made for a service, and closed for everybody else. */
export function ownNamespace() {
  return z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
      error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
      abort: true,
    })
    .refine((name) => name !== "default" && !name.startsWith("kube-"), {
      error:
        'must be a namespace of its own: "default" and those that begin with "kube-" are the cluster\'s',
    });
}
