import { z } from "zod";
import { ownNamespace } from "../core/namespaces.ts";

const postgresName = /^[a-z_][a-z0-9_]{0,62}$/;
const nameRule = "must be a PostgreSQL name in lower case, of at most 63 characters";

/**
 * Apicurio Registry, for GCP, whose SDK has no schema registry, and on-premises. It also supports Confluent's registry API.
 * Release 3.3.1 of 2026-08.
 */
export const registryFields = {
  /** A dedicated namespace, created here. @default "schema-registry" */
  namespace: ownNamespace().default("schema-registry"),
  /** An existing database and role for the schemas. */
  database: z
    .strictObject({
      /** @default "registry" */
      name: z.string().regex(postgresName, { error: nameRule }).default("registry"),
      /** @default "registry" */
      user: z.string().regex(postgresName, { error: nameRule }).default("registry"),
      password: z
        .strictObject({
          /** Secret config key of the stack, without `atoll:`. @default "registry-password" */
          configKey: z
            .string()
            .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
              error: "must be lower case letters, digits and hyphens",
            })
            .default("registry-password"),
        })
        .prefault({}),
      /** Connections of each replica at most. They do not use the connection pool in front of the database. @default 10 */
      connections: z.int().min(2).max(100).default(10),
    })
    .prefault({}),
  /** @default 2 */
  replicas: z.int().min(2).max(9).default(2),
  /** @default "quay.io/apicurio/apicurio-registry:3.3.1" */
  image: z
    .string()
    .regex(/^[a-z0-9./_-]+(:(?!latest)[\w.-]+|@sha256:[0-9a-f]{64})$/, {
      error: 'must be an image with a version other than "latest", or with a digest',
    })
    .default("quay.io/apicurio/apicurio-registry:3.3.1"),
  /** Namespaces whose pods may connect. @default [] */
  clientNamespaces: z.array(z.string().min(1).max(63)).default([]),
};

export const registry = z.strictObject(registryFields);
export type Registry = z.output<typeof registry>;
