/** The policy settings in an environment's manifest, found by the stack's name, so that the pulumi CLI needs no configuration. */
import path from "node:path";
import { z } from "zod";
import type { Problem } from "../components/core/errors.ts";
import type { FrameworkId } from "../components/core/frameworks.ts";
import { problemsOf } from "../components/core/spec.ts";
import {
  configDirectory,
  configFile,
  environmentOf,
  readStackConfig,
} from "../footprint/files/config-files.ts";
import { claims, type Exemption } from "../footprint/manifest/claims.ts";

export interface Settings {
  readonly lifetime: "permanent" | "ephemeral";
  readonly frameworks: readonly FrameworkId[];
  readonly exemptions: readonly Exemption[];
  /** The environment's config file. */
  readonly file: string;
  /** Why the settings could not be read; the strictest ones then apply. */
  readonly problems: readonly Problem[];
}

/** Ignores the rest of the manifest. */
const schema = z.object(claims);

/** The settings of the environment that a stack belongs to: `local` for `local` and `local.aws-use1`. */
export function readSettings(stack: string, configDir = configDirectory()): Settings {
  const environment = environmentOf(stack);
  const file = path.join(configDir, configFile(environment));
  const strictest = { lifetime: "permanent", frameworks: [], exemptions: [], file } as const;
  const config = readStackConfig(configDir, environment);
  if ("problem" in config) return { ...strictest, problems: [config.problem] };
  const result = schema.safeParse(config.manifest, { reportInput: true });
  return result.success
    ? { ...result.data, file, problems: [] }
    : { ...strictest, problems: problemsOf(result.error, config.manifest, path.basename(file)) };
}

/**
 * Reads each environment's settings once.
 *
 * @param first a stack whose settings are read immediately instead of on first use
 */
export function settingsByUrn(first?: string): (urn: string) => Settings {
  const read = new Map<string, Settings>(first ? [[first, readSettings(first)]] : []);
  return (urn) => {
    const stack = urn.split("::", 1)[0]?.replace("urn:pulumi:", "") ?? "";
    const known = read.get(stack) ?? readSettings(stack);
    read.set(stack, known);
    return known;
  };
}
