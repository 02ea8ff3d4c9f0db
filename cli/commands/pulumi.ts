/** `atoll pulumi -- ARGS`: runs the Pulumi CLI, set up for the environment that its arguments name. */
import { spawn } from "node:child_process";
import path from "node:path";
import { listEnvironments } from "../../footprint/files/config-files.ts";
import { withEnvironment } from "../engine/environment.ts";
import { makeMissing } from "../engine/missing.ts";
import { listOf } from "../engine/run.ts";
import type { Session } from "../engine/session.ts";
import { Failure } from "../failure.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";

export interface PulumiOptions {
  readonly args: readonly string[];
  readonly rehearse?: boolean;
}

/** Commands that run the program, so that the policies apply. */
const checked = ["preview", "pre", "up", "update"];
/** Commands that read a stack's config. */
const configured = [...checked, "refresh", "destroy", "down", "dn", "import", "watch"];
/** Commands of `pulumi stack` that write the config file beside Pulumi.yaml, for want of a flag that names it. */
const bound = ["init", "new", "create", "change-secrets-provider", "rename", "rm", "remove"];
/** Flags that may come before the command and take the next argument as their value. */
const takesValue = [
  "-s",
  "--stack",
  "-C",
  "--cwd",
  "--color",
  "--profiling",
  "--tracing",
  "-v",
  "--verbose",
];

/** @returns Pulumi's own exit code */
export function pulumi(io: Io, { args, rehearse }: PulumiOptions): Promise<number> {
  const { configDir } = thisProject();
  const stack = stackIn(args);
  const asked = stack ?? onlyOne(listEnvironments(configDir));
  return withEnvironment(
    io,
    { asked, packs: packsIn(args), ...(rehearse === undefined ? {} : { rehearse }) },
    async ({ session, chosen }) => {
      if (session.target.kind === "rehearsal") {
        await makeMissing(
          io,
          session,
          [...chosen.before, ...chosen.stacks].map(({ name }) => name),
          true,
        );
      }
      return runPlain(
        session,
        prepare(args, {
          policyPack: session.project.policyPack,
          configFile: stack === undefined ? undefined : session.target.configFor(stack),
          // What would be set in a rehearsal's copy is gone with the next run.
          edits: session.target.kind === "cloud",
        }),
        session.target.kind === "cloud" && bindsStack(args)
          ? session.target.stackFolder
          : session.project.root,
      );
    },
  );
}

/** The stack that `-s` or `--stack` names, with a space or `=`. */
export function stackIn(args: readonly string[]): string | undefined {
  for (const [index, argument] of args.entries()) {
    if (argument === "-s" || argument === "--stack") return args[index + 1];
    const joined = /^(?:-s|--stack)=(.+)$/.exec(argument)?.[1];
    if (joined !== undefined) return joined;
  }
  return undefined;
}

/** The folders of policy packs that `--policy-pack` names: Pulumi reads a list of comma-separated values. */
export function packsIn(args: readonly string[]): string[] {
  return args
    .flatMap((argument, index) => {
      if (argument === "--policy-pack") return args[index + 1] ?? [];
      return argument.startsWith("--policy-pack=") ? argument.slice(14) : [];
    })
    .flatMap((list) => list.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [])
    .map((field) => field.replace(/^"([\s\S]*)"$/, "$1").replaceAll('""', '"'))
    .map((folder) => path.resolve(folder));
}

/** Adds the policy pack and the rehearsal's config file where they apply and are not set already. */
export function prepare(
  args: readonly string[],
  {
    policyPack,
    configFile,
    edits = false,
  }: {
    readonly policyPack: string | undefined;
    readonly configFile: string | undefined;
    /** Whether `pulumi config` reads and writes this file too. */
    readonly edits?: boolean;
  },
): string[] {
  const [command] = wordsOf(args);
  const reads = edits ? [...configured, "config"] : configured;
  const has = (flag: string) =>
    args.some((argument) => argument === flag || argument.startsWith(`${flag}=`));
  // A value that starts with a dash, such as a PEM block, comes after "--".
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  return [
    ...args.slice(0, end),
    ...(policyPack !== undefined && checked.includes(command ?? "") && !has("--policy-pack")
      ? ["--policy-pack", listOf(policyPack)]
      : []),
    ...(configFile !== undefined && reads.includes(command ?? "") && !has("--config-file")
      ? ["--config-file", configFile]
      : []),
    ...args.slice(end),
  ];
}

/** Whether the arguments are a command of `pulumi stack` that writes the config file. */
export function bindsStack(args: readonly string[]): boolean {
  const [command, subcommand] = wordsOf(args);
  return command === "stack" && bound.includes(subcommand ?? "");
}

/** The arguments that are neither flags nor values of flags. */
function wordsOf(args: readonly string[]): string[] {
  return args.filter(
    (argument, index) => !argument.startsWith("-") && !takesValue.includes(args[index - 1] ?? ""),
  );
}

/** Hands the terminal to Pulumi. The terminal sends Ctrl-C to it directly, so signals are not forwarded. */
function runPlain(session: Session, args: readonly string[], folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(session.engine.path, args, {
      cwd: folder,
      env: session.variables,
      stdio: "inherit",
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

function onlyOne(environments: readonly string[]): string {
  const [only, ...others] = environments;
  if (only !== undefined && others.length === 0) return only;
  throw new Failure(
    "bad-usage",
    "the arguments name no stack, so the environment is unknown",
    `add -s <stack>; the environments are ${environments.join(", ")}`,
  );
}
