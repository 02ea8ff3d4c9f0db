import { z } from "zod";

/**
 * Apicurio Registry, where the cloud has no registry of its own: Google's SDK has none, and on-premises there is none. It speaks
 * Confluent's registry API too. Release 3.3.1 of 2026-08.
 */
export const registryFields = {
  /** A namespace of its own; it is made here. @default "schema-registry" */
  namespace: z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
      error: "must be 1 to 63 lower case letters, digits and hyphens, starting with a letter",
    })
    .default("schema-registry"),
  /** @default 2 */
  replicas: z.int().min(2).max(9).default(2),
  /** @default "quay.io/apicurio/apicurio-registry:3.3.1" */
  image: z
    .string()
    .regex(/^[a-z0-9./_-]+(:(?!latest)[\w.-]+|@sha256:[0-9a-f]{64})$/, {
      error: 'must be an image with a version or a digest, and not "latest"',
    })
    .default("quay.io/apicurio/apicurio-registry:3.3.1"),
  /** Namespaces whose pods may reach it. @default [] */
  clientNamespaces: z.array(z.string().min(1).max(63)).default([]),
};

export const registry = z.strictObject(registryFields);
export type Registry = z.output<typeof registry>;
