import { z } from "zod";

/** A tenant's id. Part of the names of its resources, and with the environment's name the name of its stack. */
export const tenantId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, {
    error:
      "must be 3 to 20 lower case letters, digits and hyphens, starting with a letter and ending with a letter or digit",
    abort: true,
  })
  .refine((id) => !id.includes("--"), {
    error: "must not have two hyphens in a row: RDS and ElastiCache do not allow it",
  });

/** The longest name of a tenant's stack. The Pulumi Kubernetes Operator refuses longer ones. */
export const longestStack = 42;

/** Ids that no tenant can have: they are names of what all tenants share. */
export const reservedIds: readonly string[] = [
  "admin",
  "atoll",
  "default",
  "environment",
  "kube-system",
  "platform",
  "shared",
  "system",
  "tenant",
  "tenants",
];
