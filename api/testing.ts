/** Rehearsals for tests of a repository: its manifests and sections, the real engine and the policies, without account or network. */
import { deploy, type Listener, makeStacks } from "../cli/engine/deploy.ts";
import { withEnvironment } from "../cli/engine/environment.ts";
import { type Follower, partsOfUrn } from "../cli/engine/events.ts";
import { silentIo } from "../cli/io.ts";
import { projectOf } from "../cli/project.ts";
import { explain } from "../cli/report/report.ts";
import { BlueprintError } from "../components/core/errors.ts";
import { findProject } from "../footprint/files/project-file.ts";

export interface RehearsedResource {
  readonly urn: string;
  /** `aws:s3/bucket:Bucket` */
  readonly type: string;
  readonly name: string;
  /** The inputs as the engine reports them: secrets are masked, unknown values in a plan are placeholders. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface RehearsedViolation {
  readonly stack: string;
  /** The control's id, such as `EKS1`. */
  readonly control: string;
  readonly level: "mandatory" | "advisory";
  readonly urn: string;
  /** What is wrong. */
  readonly found: string;
}

export interface Rehearsal {
  /** The resources of each stack by its name, in the order in which they were registered. */
  readonly stacks: Readonly<Record<string, readonly RehearsedResource[]>>;
  readonly violations: readonly RehearsedViolation[];
}

/**
 * Previews an environment and its cells on an empty embedded cloud. Outputs of other stacks are unknown.
 *
 * @param folder in or below the folder with Pulumi.yaml
 * @throws BlueprintError for invalid manifests; Failure for programs that fail. Violated policies are returned, not thrown.
 *
 * @example
 * const { stacks, violations } = await plan(import.meta.dirname, "prod");
 */
export function plan(folder: string, environment: string): Promise<Rehearsal> {
  return over("preview", folder, environment);
}

/**
 * Deploys an environment and its cells to a temporary embedded cloud.
 *
 * @param folder in or below the folder with Pulumi.yaml
 * @throws BlueprintError for invalid manifests; Failure for programs and deployments that fail
 */
export function rehearse(folder: string, environment: string): Promise<Rehearsal> {
  return over("up", folder, environment);
}

function over(
  operation: "preview" | "up",
  folder: string,
  environment: string,
): Promise<Rehearsal> {
  const file = findProject(folder);
  if (file === undefined) {
    throw new BlueprintError(
      "project-invalid",
      `there is no Pulumi.yaml in ${folder} or above it: pass the folder of a footprint repository`,
    );
  }
  const options = { asked: environment, scratch: true, project: projectOf(file) };
  return withEnvironment(silentIo, options, async ({ session, stacks }) => {
    await makeStacks(
      session,
      stacks.map(({ name }) => name),
    );
    const followers = new Map<string, Follower>();
    const order =
      operation === "up" ? stacks : stacks.map(({ name }) => ({ name, needs: [] as string[] }));
    const reports = await deploy(session, { operation, stacks: order }, listenTo(followers));
    const failure = reports.find((report) => report.failure)?.failure;
    if (failure) throw failure;
    const { findings } = await explain(environment, operation, reports);
    return {
      stacks: Object.fromEntries(
        stacks.map(({ name }) => [name, resourcesOf(followers.get(name))]),
      ),
      violations: findings.map(({ stack, control, level, resource, found }) => ({
        stack,
        control: control.id,
        level,
        urn: resource.urn,
        found,
      })),
    };
  });
}

function listenTo(followers: Map<string, Follower>): Listener {
  return {
    started: () => undefined,
    event: (stack, follower) => void followers.set(stack, follower),
    output: () => undefined,
    ended: () => undefined,
  };
}

function resourcesOf(follower: Follower | undefined): RehearsedResource[] {
  // A component is reported when it is registered and again with its outputs.
  const known = new Map(
    (follower?.steps() ?? []).map(({ urn, new: state }) => [
      urn,
      { urn, ...partsOfUrn(urn), inputs: state?.inputs ?? {} },
    ]),
  );
  return [...known.values()].filter(({ type }) => !type.startsWith("pulumi:"));
}
