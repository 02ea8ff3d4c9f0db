/** The real engine with an inline program, a temporary home and an empty embedded cloud. It uses no state of the machine. */
import { mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { keepNoLog } from "../../cli/engine/rehearsal.ts";
import { attachment, type Cloud, startCloud } from "../../simulator/cloud.ts";
import { type Console, openConsole } from "../../simulator/console.ts";
import type { FaultPlan } from "../../simulator/faults.ts";
import { type DeployedResource, openInventory } from "../../simulator/inventory.ts";
import { ensureEngine } from "../../tools/engine.ts";

/** The result of an operation, by resource name. */
export interface Done {
  /** `name: op`, for every changed resource. */
  readonly changes: Record<string, string>;
  readonly outputs: Record<string, { value: unknown; secret: boolean }>;
  /** The state of each resource as the engine reports it, by name: unknown values as the SDK's sentinel, secrets masked. */
  readonly states: Record<string, Record<string, unknown>>;
}

export interface Rig {
  /** The cloud's state folder. */
  readonly stateDir: string;
  up(program: PulumiFn, stack?: string): Promise<Done>;
  /** Expects the program to fail and returns the engine's output. */
  failure(program: PulumiFn, stack?: string): Promise<string>;
  preview(program: PulumiFn, stack?: string): Promise<Done>;
  refresh(program: PulumiFn, stack?: string): Promise<Done>;
  destroy(program: PulumiFn, stack?: string): Promise<Done>;
  stack(program: PulumiFn, stack?: string): Promise<Stack>;
  /** The deployed resources, in the order of creation. */
  deployed(stack?: string): DeployedResource[];
  /** Changes deployed resources without the engine. */
  console(work: (console: Console) => void): void;
  /** Stops the server as a crash would, and starts another one with the same state. */
  restart(faults?: FaultPlan): Promise<void>;
  /** Uses another server, possibly in another process, with the same state. */
  attach(port: number): void;
  stop(): Promise<void>;
}

/** The folder above the engine's `bin`: the SDK looks for the CLI there. */
async function engineRoot(): Promise<string> {
  const { path: cli } = await ensureEngine();
  return path.resolve(path.dirname(cli), "..");
}

const silent = () => undefined;

/** Starts a cloud and returns functions to run programs with it. */
export async function rig(faults: FaultPlan = {}): Promise<Rig> {
  const folder = await mkdtemp(path.join(tmpdir(), "atoll-"));
  const stateDir = path.join(folder, "cloud");
  const home = path.join(folder, "home");
  mkdirSync(home);
  keepNoLog(home);
  const command = await PulumiCommand.get({
    root: await engineRoot(),
    skipVersionCheck: true,
  });
  let cloud: Cloud = await startCloud({ stateDir, faults });
  let { port } = cloud;

  const stacks = new Map<string, Stack>();
  const open = async (program: PulumiFn, name = "test"): Promise<Stack> => {
    // Opening a stack takes several runs of the Pulumi CLI, so it is reused; only the program and the cloud change.
    const known = stacks.get(name) ?? (await create(program, name));
    stacks.set(name, known);
    known.workspace.program = program;
    known.workspace.envVars.PULUMI_DEBUG_PROVIDERS = attachment(port);
    return known;
  };

  const create = async (program: PulumiFn, stackName: string): Promise<Stack> =>
    LocalWorkspace.createStack(
      { projectName: "rig", stackName, program },
      {
        pulumiCommand: command,
        pulumiHome: home,
        workDir: await mkdtemp(path.join(folder, "work-")),
        projectSettings: { name: "rig", runtime: "nodejs", backend: { url: `file://${folder}` } },
        envVars: {
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "rig",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );

  const run = async (
    operation: "up" | "preview" | "refresh" | "destroy",
    program: PulumiFn,
    name?: string,
  ): Promise<Done> => {
    const opened = await open(program, name);
    const changes: Record<string, string> = {};
    const states: Done["states"] = {};
    const onEvent = (event: EngineEvent) => {
      const reported = event.resOutputsEvent?.metadata;
      const metadata = event.resourcePreEvent?.metadata ?? reported;
      if (metadata === undefined) return;
      const key = metadata.urn.split("::").at(-1) ?? "";
      // The engine reports null for a deleted resource, although the types do not allow it.
      if (reported?.new) states[key] = reported.new.outputs;
      const { op } = metadata;
      if (op === "refresh" && reported && !reported.new) changes[key] = "delete";
      else if (!["same", "read", "refresh"].includes(op)) {
        changes[key] = operation === "refresh" ? op : (changes[key] ?? op);
      }
    };
    if (operation === "preview") {
      await opened.preview({ onEvent, onOutput: silent });
      return { changes, outputs: {}, states };
    }
    const result = await opened[operation]({ onEvent, onOutput: silent });
    // An update reports its outputs. Reading them again would take two more runs of the Pulumi CLI.
    const outputs = "outputs" in result ? result.outputs : {};
    return { changes, outputs: outputs as Done["outputs"], states };
  };

  return {
    stateDir,
    up: (program, name) => run("up", program, name),
    preview: (program, name) => run("preview", program, name),
    refresh: (program, name) => run("refresh", program, name),
    destroy: (program, name) => run("destroy", program, name),
    stack: open,
    failure: async (program, name) => {
      try {
        await run("up", program, name);
      } catch (error) {
        return String(error);
      }
      throw new Error("the program was expected to fail and did not");
    },
    deployed: (stack) => {
      const inventory = openInventory(stateDir);
      try {
        return inventory.resources(stack);
      } finally {
        inventory.close();
      }
    },
    console: (work) => {
      const opened = openConsole(stateDir);
      try {
        work(opened);
      } finally {
        opened.close();
      }
    },
    restart: async (next = {}) => {
      await cloud.stop();
      cloud = await startCloud({ stateDir, faults: next });
      port = cloud.port;
    },
    attach: (other) => {
      port = other;
    },
    stop: async () => {
      await cloud.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
