import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";

/**
 * An environment's key for a purpose in an account and region: an ARN on AWS, a resource name on GCP. A preview can run before the
 * environment is up, or before it knows of a new region; its keys are then unknown, as everything that is not deployed yet.
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
export function keyOf(
  environment: EnvironmentOutputs | undefined,
  target: string,
  purpose: string,
): pulumi.Input<string> {
  const known = environment?.keys[target]?.[purpose];
  return deployedOf(environment, known, `key for "${purpose}" in ${target}`);
}

/**
 * What an environment's outputs hold; unknown in a preview that runs before the environment has it.
 *
 * @param what it is, for the message
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
export function deployedOf(
  environment: EnvironmentOutputs | undefined,
  value: pulumi.Input<string> | undefined,
  what: string,
): pulumi.Input<string> {
  if (value !== undefined) return value;
  if (environment === undefined || pulumi.runtime.isDryRun()) {
    return pulumi.output(pulumi.unknown) as pulumi.Output<string>;
  }
  throw new BlueprintError(
    "environment-not-up",
    `the environment has no ${what} yet: bring it up again before the cell`,
  );
}

/** The bucket that an account's services deliver their logs to; undefined in environments from before there was one. */
export function serviceLogsOf(
  environment: EnvironmentOutputs | undefined,
  account: string,
): pulumi.Input<string> | undefined {
  if (environment === undefined) return pulumi.output(pulumi.unknown) as pulumi.Output<string>;
  return environment.audit?.accounts[account]?.serviceLogs;
}
