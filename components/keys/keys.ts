import type * as pulumi from "@pulumi/pulumi";
import { AwsKeys, type AwsKeysArgs } from "./aws.ts";
import { GcpKeys, type GcpKeysArgs } from "./gcp.ts";

export type Keys = AwsKeys | GcpKeys;
export type KeysArgs = AwsKeysArgs | GcpKeysArgs;

/**
 * The keys of an account and region, or of a project and region: one for each purpose.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createKeys(
  name: string,
  { spec, ...shared }: KeysArgs,
  opts?: pulumi.ComponentResourceOptions,
): Keys {
  switch (spec.cloud) {
    case "aws":
      return new AwsKeys(name, { spec, ...shared }, opts);
    case "gcp":
      return new GcpKeys(name, { spec, ...shared }, opts);
  }
}
