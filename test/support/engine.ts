/** The real engine with an inline program, a private home and a fresh embedded cloud; nothing of the machine's own state is used. */
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import {
  type EngineEvent,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { attachment, type Cloud, cloudFile, startCloud } from "../../simulator/cloud.ts";
import type { FaultPlan } from "../../simulator/faults.ts";
import { Store } from "../../simulator/store.ts";

/** What one operation did, by resource name. */
export interface Done {
  /** `name: op`, for every resource that did not stay as it was. */
  readonly changes: Record<string, string>;
  readonly outputs: Record<string, { value: unknown; secret: boolean }>;
}

export interface Rig {
  readonly folder: string;
  up(program: PulumiFn, stack?: string): Promise<Done>;
  /** Expects the program to fail and gives what the engine said. */
  failure(program: PulumiFn, stack?: string): Promise<string>;
  preview(program: PulumiFn, stack?: string): Promise<Done>;
  refresh(program: PulumiFn, stack?: string): Promise<Done>;
  destroy(program: PulumiFn, stack?: string): Promise<Done>;
  stack(program: PulumiFn, stack?: string): Promise<Stack>;
  /** Reads and changes what stands, behind the engine's back. */
  store<Result>(work: (store: Store) => Result): Result;
  /** Ends the server as a crash would and starts another on the same state. */
  restart(faults?: FaultPlan): Promise<void>;
  /** Uses another server, which may be another process, on the same state. */
  attach(port: number): void;
  stop(): Promise<void>;
}

const silent = () => undefined;

/** Starts a cloud and gives the means to run programs against it. */
export async function rig(faults: FaultPlan = {}): Promise<Rig> {
  const folder = await mkdtemp(path.join(tmpdir(), "atoll-"));
  const stateDir = path.join(folder, "cloud");
  const command = await PulumiCommand.get({
    root: process.env.ATOLL_ENGINE ?? path.join(homedir(), ".cache/atoll/pulumi/3.259.0"),
    skipVersionCheck: true,
  });
  let cloud: Cloud = await startCloud({ stateDir, faults });
  let { port } = cloud;

  const open = async (program: PulumiFn, name = "test"): Promise<Stack> => {
    const home = path.join(folder, "home");
    const opened = await LocalWorkspace.createOrSelectStack(
      { projectName: "rig", stackName: name, program },
      {
        pulumiCommand: command,
        pulumiHome: home,
        workDir: await mkdtemp(path.join(folder, "work-")),
        projectSettings: { name: "rig", runtime: "nodejs", backend: { url: `file://${folder}` } },
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "rig",
          PULUMI_DEBUG_PROVIDERS: attachment(port),
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_BACKEND_URL: `file://${folder}`,
        },
      },
    );
    return opened;
  };

  const run = async (
    operation: "up" | "preview" | "refresh" | "destroy",
    program: PulumiFn,
    name?: string,
  ): Promise<Done> => {
    const opened = await open(program, name);
    const changes: Record<string, string> = {};
    const onEvent = (event: EngineEvent) => {
      const metadata = (event.resourcePreEvent ?? event.resOutputsEvent)?.metadata;
      if (metadata === undefined || ["same", "read"].includes(metadata.op)) return;
      const key = metadata.urn.split("::").at(-1) ?? "";
      changes[key] = operation === "refresh" ? metadata.op : (changes[key] ?? metadata.op);
    };
    if (operation === "preview") {
      await opened.preview({ onEvent, onOutput: silent });
      return { changes, outputs: {} };
    }
    await opened[operation]({ onEvent, onOutput: silent });
    const outputs = operation === "destroy" ? {} : await opened.outputs();
    return { changes, outputs: outputs as Done["outputs"] };
  };

  return {
    folder,
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
    store: (work) => {
      const store = new Store(cloudFile(stateDir));
      try {
        return work(store);
      } finally {
        store.close();
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
