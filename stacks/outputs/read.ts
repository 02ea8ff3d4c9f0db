/** The outputs of other stacks, parsed by the schema of their kind. */
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintError } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import { type CellOutputs, type ClusterOutputs, cellOutputs, clusterOutputs } from "./cell.ts";
import { type EnvironmentOutputs, environmentOutputs } from "./environment.ts";

/** The environment's outputs, for a cell; unknown in a preview that runs before the environment is deployed. */
export async function readEnvironment(
  environment: string,
): Promise<EnvironmentOutputs | undefined> {
  const outputs = await readOutput(referenceTo(environment), "footprint");
  if (outputs !== undefined) return parsed(environmentOutputs, outputs, environment);
  return notUpYet(
    `bring the environment up before its cells (atoll up ${environment})`,
    environment,
  );
}

/** Another cell's outputs; unknown in a preview that runs before that cell is deployed. */
export async function readCell(
  stack: string,
  reference = referenceTo(stack),
): Promise<CellOutputs | undefined> {
  const outputs = await readOutput(reference, "cell");
  if (outputs !== undefined) return parsed(cellOutputs, outputs, stack);
  return notUpYet("bring it up before the cells that refer to it", stack);
}

/**
 * How to reach a cell's cluster: secret, and unknown in a preview that runs before the cell is deployed.
 */
export function readCluster(
  stack: string,
  reference: pulumi.StackReference,
): {
  readonly kubeconfig: pulumi.Output<string>;
  readonly identifier: pulumi.Output<string>;
} {
  const outputs = reference.getOutput("cluster");
  const field = (name: keyof ClusterOutputs) =>
    outputs.apply((found): string => {
      const { spec } = checkSpec(clusterOutputs, found, `outputs of ${stack}`);
      if (spec !== undefined) return spec[name];
      if (pulumi.runtime.isDryRun()) return pulumi.unknown as unknown as string;
      throw new BlueprintError(
        "environment-not-up",
        `stack "${stack}" does not say yet how its cluster is reached: deploy it again before its tenants`,
      );
    });
  return { kubeconfig: field("kubeconfig"), identifier: pulumi.unsecret(field("identifier")) };
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

async function readOutput(reference: pulumi.StackReference, output: string): Promise<unknown> {
  return (await reference.getOutputDetails(output)).value;
}

/** A stack is referred to once in a program: the engine refuses a second resource of its name. */
export function referenceTo(stack: string): pulumi.StackReference {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
  return new pulumi.StackReference(name);
}

function notUpYet(cure: string, stack: string): undefined {
  if (pulumi.runtime.isDryRun()) return undefined;
  throw new BlueprintError("environment-not-up", `stack "${stack}" has no outputs yet: ${cure}`);
}
