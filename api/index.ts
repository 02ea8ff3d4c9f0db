/**
 * What a footprint repository imports: its entry file calls `run`, its `atoll.config.ts` calls `defineConfig`. The cloud SDKs are
 * loaded only when a stack is run.
 */

import type { EnvironmentSection } from "../components/section/environment-section.ts";
import type { Section } from "../components/section/section.ts";

export {
  defineEnvironmentSection,
  type EnvironmentSection,
} from "../components/section/environment-section.ts";
export { defineSection, type Section } from "../components/section/section.ts";

/** The extensions of a repository. */
export interface AtollConfig {
  /** Sections of cells in addition to Atoll's own. @default none */
  readonly sections?: readonly Section[];
  /** Sections of environments in addition to Atoll's own. @default none */
  readonly environmentSections?: readonly EnvironmentSection[];
}

/** Returns the configuration unchanged; it provides the type. */
export function defineConfig(config: AtollConfig): AtollConfig {
  return config;
}

/**
 * Builds the current stack from its manifest.
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
export async function run({
  sections,
  environmentSections,
}: AtollConfig = {}): Promise<Record<string, unknown>> {
  const [{ runStack }, { getStack }] = await Promise.all([prepared(), import("@pulumi/pulumi")]);
  return runStack(getStack(), sections, environmentSections);
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
