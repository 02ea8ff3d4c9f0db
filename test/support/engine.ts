/** The real engine with an inline program, a private home and a fresh embedded cloud; nothing of the machine's own state is used. */
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
import { openInventory, type Standing } from "../../simulator/inventory.ts";
import { ensureEngine } from "../../tools/engine.ts";

/** What one operation did, by resource name. */
export interface Done {
  /** `name: op`, for every resource that did not stay as it was. */
  readonly changes: Record<string, string>;
  readonly outputs: Record<string, { value: unknown; secret: boolean }>;
  /** The state of each resource as the engine tells it, by name: unknowns as the SDK's sentinel, secrets hidden. */
  readonly states: Record<string, Record<string, unknown>>;
}

export interface Rig {
  /** The cloud's state folder. */
  readonly stateDir: string;
  up(program: PulumiFn, stack?: string): Promise<Done>;
  /** Expects the program to fail and gives what the engine said. */
  failure(program: PulumiFn, stack?: string): Promise<string>;
  preview(program: PulumiFn, stack?: string): Promise<Done>;
  refresh(program: PulumiFn, stack?: string): Promise<Done>;
  destroy(program: PulumiFn, stack?: string): Promise<Done>;
  stack(program: PulumiFn, stack?: string): Promise<Stack>;
  /** What stands, in the order of creation. */
  standing(stack?: string): Standing[];
  /** Changes what stands, behind the engine's back. */
  console(work: (console: Console) => void): void;
  /** Ends the server as a crash would and starts another on the same state. */
  restart(faults?: FaultPlan): Promise<void>;
  /** Uses another server, which may be another process, on the same state. */
  attach(port: number): void;
  stop(): Promise<void>;
}

/** The folder above the engine's `bin`: the SDK looks for the CLI there. */
async function engineRoot(): Promise<string> {
  const { path: cli } = await ensureEngine();
  return path.resolve(path.dirname(cli), "..");
}

const silent = () => undefined;

/** Starts a cloud and gives the means to run programs against it. */
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
    // Opening a stack takes several runs of the command line; the program and the cloud are all that changes.
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
      const told = event.resOutputsEvent?.metadata;
      const metadata = event.resourcePreEvent?.metadata ?? told;
      if (metadata === undefined) return;
      const key = metadata.urn.split("::").at(-1) ?? "";
      // The engine tells null where a resource is gone, although its types do not say so.
      if (told?.new) states[key] = told.new.outputs;
      const { op } = metadata;
      if (op === "refresh" && told && !told.new) changes[key] = "delete";
      else if (!["same", "read", "refresh"].includes(op)) {
        changes[key] = operation === "refresh" ? op : (changes[key] ?? op);
      }
    };
    if (operation === "preview") {
      await opened.preview({ onEvent, onOutput: silent });
      return { changes, outputs: {}, states };
    }
    const result = await opened[operation]({ onEvent, onOutput: silent });
    // An update tells its outputs; to ask for them again would be two more runs of the command line.
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
    standing: (stack) => {
      const inventory = openInventory(stateDir);
      try {
        return inventory.standing(stack);
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
