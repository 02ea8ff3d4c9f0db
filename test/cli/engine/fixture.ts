/** The fixture project of components only, on the real engine with an embedded cloud that is not used. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import {
  type Deployment,
  deploy,
  type Listener,
  makeStacks,
  type StackReport,
} from "../../../cli/engine/deploy.ts";
import { rehearsalOf } from "../../../cli/engine/rehearsal.ts";
import type { CloudResource, StartCloud } from "../../../cli/engine/served-cloud.ts";
import { openSession, type Session } from "../../../cli/engine/session.ts";
import { stacksInBackend } from "../../../cli/engine/state.ts";
import { openRehearsal } from "../../../cli/engine/target.ts";
import type { Project } from "../../../cli/project.ts";
import { type Engine, ensureEngine } from "../../../tools/engine.ts";

const source = path.resolve(import.meta.dirname, "../../fixtures/project");

export const silent: Listener = {
  started: () => undefined,
  event: () => undefined,
  output: () => undefined,
  ended: () => undefined,
};

/** A copy of the fixture's config files, and a folder for its rehearsals; both are deleted when the test ends. */
export function fixtureProject(t: TestContext): Project {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-fixture-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  const configDir = path.join(folder, "config");
  cpSync(path.join(source, "config"), configDir, { recursive: true });
  return {
    root: source,
    name: "fixture",
    configDir,
    policyPack: path.join(source, "policies"),
    rehearsals: path.join(folder, "rehearsals"),
  };
}

/** Writes a stack's manifest. */
export function configure(
  project: Project,
  stack: string,
  manifest: Record<string, unknown>,
): void {
  const file = path.join(project.configDir, `Pulumi.${stack}.yaml`);
  writeFileSync(file, stringify({ config: { "atoll:manifest": manifest } }));
}

/** A stand-in for the embedded cloud, with these resources. */
export function fakeCloud(resources: CloudResource[] = []): StartCloud {
  return async () => ({
    attachment: "aws:1",
    inventory: {
      resources: () => resources,
      exist: () => undefined,
      remove: (resource) => void resources.splice(resources.indexOf(resource), 1),
    },
    stop: async () => undefined,
  });
}

export interface OpenOptions {
  readonly interrupts?: readonly AbortSignal[];
  readonly cloud?: StartCloud;
  readonly engine?: Engine;
}

/** Opens the rehearsal of `sample`; it is closed when the test ends. */
export async function open(
  t: TestContext,
  project: Project,
  options: OpenOptions = {},
): Promise<Session> {
  const session = await openSession({
    project,
    engine: options.engine ?? (await ensureEngine()),
    target: await openRehearsal(
      project,
      rehearsalOf(project, "sample"),
      options.cloud ?? fakeCloud(),
    ),
    ...(options.interrupts ? { interrupts: options.interrupts } : {}),
  });
  t.after(() => session.close());
  return session;
}

export const sample = [
  { name: "sample", needs: [] },
  { name: "sample.one", needs: ["sample"] },
  { name: "sample.two", needs: ["sample"] },
];

/** Creates missing stacks and runs an operation over all. */
export async function runAll(
  session: Session,
  options: Partial<Deployment> & Pick<Deployment, "operation">,
): Promise<StackReport[]> {
  const stacks = options.stacks ?? sample;
  const folders = session.target.folders ?? rehearsalOf(session.project, "sample");
  const existing = stacksInBackend(folders, session.project.name);
  await makeStacks(
    session,
    stacks.map(({ name }) => name).filter((name) => !existing.includes(name)),
  );
  return deploy(session, { stacks, ...options }, silent);
}

export function checkpointFile(session: Session, stack: string): string {
  const { folders } = session.target;
  return path.join(
    folders?.state ?? "",
    ".pulumi",
    "stacks",
    session.project.name,
    `${stack}.json`,
  );
}

export function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
