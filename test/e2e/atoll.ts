/** Runs the command in a temporary folder, separate from the clone's own rehearsals. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import type { Drift } from "../../cli/engine/drift.ts";
import { cellSections } from "../../components/sections.ts";
import { listStacks } from "../../footprint/files/config-files.ts";
import { isTenantFile } from "../../footprint/files/kind.ts";
import { type Console, openConsole } from "../../simulator/console.ts";
import { type DeployedResource, openInventory } from "../../simulator/inventory.ts";

const optional = cellSections.filter((section) => !("required" in section)).map(({ name }) => name);

export interface Ended {
  /** Null when it ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One stack in the output of `--json`. */
export interface StackJson {
  readonly stack: string;
  readonly status: string;
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly changes: readonly { readonly urn: string; readonly op: string }[];
  readonly drift: readonly Drift[];
  readonly error?: { readonly code: string; readonly message: string; readonly details?: string };
}

export interface RunJson {
  readonly exitCode: number;
  readonly stacks: readonly StackJson[];
  readonly orphans: readonly { readonly stack: string; readonly resources: number }[];
  readonly violations: readonly {
    readonly control: string;
    readonly resource: { readonly name: string; readonly type: string };
    readonly found: string;
    readonly remedy: string;
    readonly level: string;
  }[];
}

/** The result of one stack. */
export function of(run: RunJson, stack: string): StackJson {
  const found = run.stacks.find((each) => each.stack === stack);
  assert.ok(found, `no result for ${stack}`);
  return found;
}

/** `type name: operation` of every changed resource of a cloud, without components and providers. */
export function changes(run: RunJson, stack: string): Record<string, string> {
  return Object.fromEntries(
    of(run, stack).changes.flatMap(({ urn, op }) => {
      const [, , types = "", name] = urn.split("::");
      const type = types.split("$").at(-1) ?? "";
      return /^(atoll|pulumi):/.test(type) ? [] : [[`${type} ${name}`, op]];
    }),
  );
}

const root = path.resolve(import.meta.dirname, "../..");

export class Atoll {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "atoll-e2e-"));
  readonly configDir = path.join(this.folder, "config");
  readonly stateDir = path.join(this.folder, "state");

  /**
   * @param config the folder of config files to copy. @default the sample's
   * @param tenants whether to keep the files of tenants. @default only cells and environments
   */
  constructor(config = path.join(root, "stacks/config"), tenants = false) {
    cpSync(config, this.configDir, { recursive: true });
    if (tenants) return;
    for (const stack of listStacks(this.configDir))
      if (isTenantFile(this.configDir, stack)) this.delete(stack);
  }

  /** The folder of an environment's rehearsal. */
  rehearsal(environment = "local"): string {
    return path.join(this.stateDir, "rehearsal", environment);
  }

  run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", path.join(root, "cli/main.ts"), ...args],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          ATOLL_STATE_DIR: this.stateDir,
          ATOLL_CONFIG_DIR: this.configDir,
          ...env,
        },
      },
    );
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (bytes) => {
      text.stdout += bytes;
    });
    child.stderr.on("data", (bytes) => {
      text.stderr += bytes;
    });
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...text })));
  }

  /** Runs a command with `--json` and expects this exit code. */
  async json(args: readonly string[], exitCode = 0): Promise<RunJson> {
    const ended = await this.run([...args, "--json"]);
    assert.equal(
      ended.code,
      exitCode,
      `${args.join(" ")}\n${ended.stdout.slice(-3000)}\n${ended.stderr.slice(-3000)}`,
    );
    return JSON.parse(ended.stdout) as RunJson;
  }

  /** Changes a stack's manifest. */
  edit(stack: string, change: (manifest: Record<string, object>) => void): void {
    const file = path.join(this.configDir, `Pulumi.${stack}.yaml`);
    const document = parse(readFileSync(file, "utf8"));
    change(document.config["atoll:manifest"]);
    writeFileSync(file, stringify(document));
  }

  /** Replaces a string of a config file. */
  replace(stack: string, before: string, after: string): void {
    const file = path.join(this.configDir, `Pulumi.${stack}.yaml`);
    const source = readFileSync(file, "utf8");
    assert.ok(source.includes(before), `${file} has no ${before}`);
    writeFileSync(file, source.replace(before, after));
  }

  /** Reduces a cell to its network, cluster and node pools, and an environment to its required fields and its tenancy. */
  withoutServices(stack: string): void {
    this.edit(stack, (manifest) => {
      for (const section of [...optional, "connectivity", "dns", "people"])
        delete manifest[section];
    });
  }

  /** Removes a stack's config file. */
  delete(stack: string): void {
    rmSync(path.join(this.configDir, `Pulumi.${stack}.yaml`));
  }

  /** Restores a stack's manifest from the sample. */
  restore(stack: string): void {
    const name = `Pulumi.${stack}.yaml`;
    cpSync(path.join(root, "stacks/config", name), path.join(this.configDir, name));
  }

  /** Changes resources in the embedded cloud without the engine. */
  atConsole(work: (console: Console) => void, environment = "local"): void {
    const console = openConsole(this.rehearsal(environment));
    try {
      work(console);
    } finally {
      console.close();
    }
  }

  /** All resources in the embedded cloud. */
  deployed(environment = "local"): readonly DeployedResource[] {
    const inventory = openInventory(this.rehearsal(environment));
    try {
      return inventory.resources();
    } finally {
      inventory.close();
    }
  }

  /** URNs of the cloud resources in the rehearsal's state, without those that are only read. */
  managed(stack: string, environment = "local"): string[] {
    const file = path.join(
      this.rehearsal(environment),
      "state/.pulumi/stacks/atoll",
      `${stack}.json`,
    );
    if (!existsSync(file)) return [];
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8"));
    const resources: { urn: string; type: string; custom?: boolean; external?: boolean }[] =
      checkpoint.latest?.resources ?? [];
    return resources
      .filter(({ custom, external, type }) => custom && !external && !type.startsWith("pulumi:"))
      .map(({ urn }) => urn)
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
