/** Values that the environment's stack made and a cell's needs. */
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../components/core/errors.ts";

/**
 * What the environment made. A preview can run before the environment is up, or up to date; the value is then unknown, as
 * everything that is not deployed yet.
 *
 * @param what for people, such as "door for people"
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
export function deployedOf(value: string | undefined, what: string): pulumi.Input<string> {
  if (value !== undefined) return value;
  if (pulumi.runtime.isDryRun()) return pulumi.output(pulumi.unknown) as pulumi.Output<string>;
  throw new BlueprintError(
    "environment-not-up",
    `the environment has no ${what} yet: bring it up again before the cell`,
  );
}
