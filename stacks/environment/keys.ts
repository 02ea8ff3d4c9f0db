import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";

/**
 * An environment's key for a purpose in an account and region: an ARN on AWS, a resource name on Google Cloud. A preview can run
 * before the environment is deployed, or before it has a new region; the keys are then unknown values.
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
export function keyOf(
  environment: EnvironmentOutputs | undefined,
  target: string,
  purpose: string,
): pulumi.Input<string> {
  const known = environment?.keys?.[target]?.[purpose];
  return deployedOf(environment, known, `key for "${purpose}" in ${target}`);
}

/**
 * A value from an environment's outputs; unknown in a preview that runs before the environment has it.
 *
 * @param what the value's name, for the message
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

/** The bucket that an account's services deliver their logs to; undefined in environments that an older release deployed. */
export function serviceLogsOf(
  environment: EnvironmentOutputs | undefined,
  account: string,
): pulumi.Input<string> | undefined {
  if (environment === undefined) return pulumi.output(pulumi.unknown) as pulumi.Output<string>;
  return environment.audit?.accounts[account]?.serviceLogs;
}
