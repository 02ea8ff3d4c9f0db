/** What an environment's manifest says to the policies. It is found by the stack's name, so the official CLI needs nothing else. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Problem } from "../components/core/errors.ts";
import { problemsOf } from "../components/core/spec.ts";
import { environmentSchema } from "../stacks/manifest.ts";
import type { Exemption } from "./exemptions.ts";
import type { FrameworkId } from "./frameworks/ids.ts";

export interface Settings {
  readonly lifetime: "permanent" | "ephemeral";
  readonly frameworks: readonly FrameworkId[];
  readonly exemptions: readonly Exemption[];
  /** The environment's config file. */
  readonly file: string;
  /** Why the settings could not be read; the strictest ones hold then. */
  readonly problems: readonly Problem[];
}

const { lifetime, frameworks, exemptions } = environmentSchema.shape;
/** The rest of the manifest is the stacks' business. */
const schema = z.object({ lifetime, frameworks, exemptions });

/** The settings of the environment that a stack belongs to: `local` for `local` and `local.aws-use1`. */
export function readSettings(stack: string, configDir = configDirectory()): Settings {
  const file = path.join(configDir, `Pulumi.${stack.split(".", 1)[0]}.yaml`);
  const strictest = { lifetime: "permanent", frameworks: [], exemptions: [], file } as const;
  const manifest = readManifest(file);
  if ("problem" in manifest) return { ...strictest, problems: [manifest.problem] };
  const result = schema.safeParse(manifest.value, { reportInput: true });
  return result.success
    ? { ...result.data, file, problems: [] }
    : { ...strictest, problems: problemsOf(result.error, manifest.value, path.basename(file)) };
}

/** As `stacks/footprint.ts` finds it, without loading every component's schema. */
function configDirectory(): string {
  return process.env.ATOLL_CONFIG_DIR ?? path.join(import.meta.dirname, "../stacks/config");
}

function readManifest(file: string): { readonly value: unknown } | { readonly problem: Problem } {
  const problem = (message: string) => ({ problem: { path: path.basename(file), message } });
  try {
    const value: unknown = parse(readFileSync(file, "utf8"))?.config?.["atoll:manifest"];
    return value === undefined
      ? problem("must hold an object atoll:manifest below config")
      : { value };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return problem(`cannot be read: ${reason}`);
  }
}

/** Reads each environment's settings once. */
export function settingsByUrn(): (urn: string) => Settings {
  const read = new Map<string, Settings>();
  return (urn) => {
    const stack = urn.split("::", 1)[0]?.replace("urn:pulumi:", "") ?? "";
    const known = read.get(stack) ?? readSettings(stack);
    read.set(stack, known);
    return known;
  };
}
