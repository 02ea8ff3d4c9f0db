/**
 * What a footprint repository imports: its entry file calls `run`, its `atoll.config.ts` calls `defineConfig`. Cheap to import: the
 * cloud SDKs are loaded when a stack is run.
 */

import type { Section } from "../components/section/section.ts";

export { defineSection, type Section } from "../components/section/section.ts";

/** What a repository adds to Atoll. */
export interface AtollConfig {
  /** Sections of cells beside Atoll's own. @default none */
  readonly sections?: readonly Section[];
}

/** Gives the configuration its type. */
export function defineConfig(config: AtollConfig): AtollConfig {
  return config;
}

/**
 * Builds the stack that Pulumi runs, from its manifest.
 *
 * @returns the stack's outputs
 * @throws BlueprintError `footprint-invalid` with every problem of the manifests
 *
 * @example
 * // index.ts
 * import { run } from "atoll";
 * import config from "./atoll.config.ts";
 *
 * export default () => run(config);
 */
export async function run({ sections }: AtollConfig = {}): Promise<Record<string, unknown>> {
  const [{ runStack }, { getStack }] = await Promise.all([prepared(), import("@pulumi/pulumi")]);
  return runStack(getStack(), sections);
}

async function prepared() {
  const [{ keepCompiled }, { dropDebugMessages }] = await Promise.all([
    import("../sdk/compile-cache.mjs"),
    import("../sdk/debug-messages.mjs"),
  ]);
  dropDebugMessages();
  keepCompiled();
  return import("../stacks/program.ts");
}
