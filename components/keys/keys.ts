import type * as pulumi from "@pulumi/pulumi";
import { AwsKeys, type AwsKeysArgs } from "./aws.ts";
import { GcpKeys, type GcpKeysArgs } from "./gcp.ts";

export type Keys = AwsKeys | GcpKeys;
export type KeysArgs = AwsKeysArgs | GcpKeysArgs;

/**
 * The keys of an account and region, or of a project and region: one for each purpose.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export function createKeys(
  name: string,
  args: KeysArgs,
  opts?: pulumi.ComponentResourceOptions,
): Keys {
  return isForAws(args) ? new AwsKeys(name, args, opts) : new GcpKeys(name, args, opts);
}

function isForAws(args: KeysArgs): args is AwsKeysArgs {
  return args.spec.cloud === "aws";
}
