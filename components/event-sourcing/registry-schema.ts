import { z } from "zod";
import { ownNamespace } from "../core/namespaces.ts";

const postgresName = /^[a-z_][a-z0-9_]{0,62}$/;
const namedSo = "must be a PostgreSQL name in lower case, of at most 63 characters";

/**
 * Apicurio Registry, where the cloud has no registry of its own: Google's SDK has none, and on-premises there is none. It speaks
 * Confluent's registry API too. Release 3.3.1 of 2026-08.
 */
export const registryFields = {
  /** A namespace of its own; it is made here. @default "schema-registry" */
  namespace: ownNamespace().default("schema-registry"),
  /** Where schemas are kept: a database and a role that stand before the registry is asked for. */
  database: z
    .strictObject({
      /** @default "registry" */
      name: z.string().regex(postgresName, { error: namedSo }).default("registry"),
      /** @default "registry" */
      user: z.string().regex(postgresName, { error: namedSo }).default("registry"),
      password: z
        .strictObject({
          /** Key of the stack's config, without `atoll:`, that holds it as a secret. @default "registry-password" */
          configKey: z
            .string()
            .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
              error: "must be lower case letters, digits and hyphens",
            })
            .default("registry-password"),
        })
        .prefault({}),
    })
    .prefault({}),
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
