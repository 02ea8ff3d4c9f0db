import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { EnvironmentOutputs } from "../outputs/environment.ts";

/** The keys that a cell's components are given: ARNs on AWS, resource names on GCP. */
export interface CellKeys {
  readonly clusterSecrets: pulumi.Input<string>;
  readonly logs: pulumi.Input<string>;
  readonly volumes: pulumi.Input<string>;
  readonly streams: pulumi.Input<string>;
  readonly databases: pulumi.Input<string>;
  readonly caches: pulumi.Input<string>;
  readonly objects: pulumi.Input<string>;
  readonly secrets: pulumi.Input<string>;
}

/**
 * The environment's keys in a landing place. A preview can run before the environment is up, or before it knows of a new
 * region; its keys are then unknown, as everything that is not deployed yet.
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
export function keysOf(environment: EnvironmentOutputs | undefined, landing: string): CellKeys {
  const ring = environment?.keys[landing] ?? {};
  const key = (purpose: string) =>
    deployedOf(environment, ring[purpose], `key for "${purpose}" in ${landing}`);
  return {
    get clusterSecrets() {
      return key("cluster-secrets");
    },
    get logs() {
      return key("logs");
    },
    get volumes() {
      return key("volumes");
    },
    get streams() {
      return key("streams");
    },
    get databases() {
      return key("databases");
    },
    get caches() {
      return key("caches");
    },
    get objects() {
      return key("objects");
    },
    get secrets() {
      return key("secrets");
    },
  };
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
