/** The outputs of other stacks, parsed by the schema of their kind. */
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintError } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import { type CellOutputs, cellOutputs } from "./cell.ts";
import { type EnvironmentOutputs, environmentOutputs } from "./environment.ts";

/** The environment's outputs, for a cell; unknown in a preview that runs before the environment is deployed. */
export async function readEnvironment(
  environment: string,
): Promise<EnvironmentOutputs | undefined> {
  const outputs = await readStack(environment, "footprint");
  if (outputs !== undefined) return parsed(environmentOutputs, outputs, environment);
  return notUpYet(
    `bring the environment up before its cells (atoll up ${environment})`,
    environment,
  );
}

/** Another cell's outputs; unknown in a preview that runs before that cell is deployed. */
export async function readCell(stack: string): Promise<CellOutputs | undefined> {
  const outputs = await readStack(stack, "cell");
  if (outputs !== undefined) return parsed(cellOutputs, outputs, stack);
  return notUpYet("bring it up before the cells that refer to it", stack);
}

/**
 * Undefined in a preview if an older release deployed the stack without all outputs that this one reads: an update of the
 * environment deploys that stack first.
 *
 * @throws BlueprintError `environment-not-up` in an update
 */
function parsed<Schema extends z.ZodType>(
  schema: Schema,
  outputs: unknown,
  stack: string,
): z.output<Schema> | undefined {
  const { spec, problems } = checkSpec(schema, outputs, `outputs of ${stack}`);
  if (spec !== undefined) return spec;
  if (pulumi.runtime.isDryRun()) return undefined;
  throw new BlueprintError(
    "environment-not-up",
    `stack "${stack}" was last deployed by a release with other outputs: deploy it again first`,
    problems,
  );
}

async function readStack(stack: string, output: string): Promise<unknown> {
  const reference = new pulumi.StackReference(
    `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`,
  );
  return (await reference.getOutputDetails(output)).value;
}

function notUpYet(cure: string, stack: string): undefined {
  if (pulumi.runtime.isDryRun()) return undefined;
  throw new BlueprintError("environment-not-up", `stack "${stack}" has no outputs yet: ${cure}`);
}
