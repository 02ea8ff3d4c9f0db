import * as pulumi from "@pulumi/pulumi";
import type { RegistryDatabase } from "./apicurio.ts";
import type { Registry } from "./registry-schema.ts";

/** The database of the registry; the role's password is a secret in the stack's config. */
export function registryDatabase(
  { database: { name, user, password } }: Registry,
  host: pulumi.Input<string>,
  secret: (key: string) => pulumi.Output<string>,
): RegistryDatabase {
  return {
    url: pulumi.interpolate`jdbc:postgresql://${host}:5432/${name}?sslmode=require`,
    username: user,
    password: secret(password.configKey),
  };
}
