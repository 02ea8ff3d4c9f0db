import * as pulumi from "@pulumi/pulumi";
import type { RegistryDatabase } from "./apicurio.ts";
import type { Registry } from "./registry-schema.ts";

/** Where the registry keeps its schemas; the role's password is a secret of the stack's config. */
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
