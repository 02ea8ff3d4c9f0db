/** The hooks files of manifests. They contain code: only a stack's program loads them, never code that reads manifests. */
import { createRequire } from "node:module";
import path from "node:path";
import { BlueprintError } from "../components/core/errors.ts";
import { type Hooks, StackHooks } from "../components/core/hooks.ts";

/**
 * @param file from the folder of the config files
 * @throws BlueprintError `adjust-invalid` when it cannot be loaded, or exports no hooks
 */
export function loadHooks(configDir: string, file: string): StackHooks {
  const exported = load(path.resolve(configDir, file), file);
  if (typeof exported !== "object" || exported === null) {
    throw new BlueprintError(
      "adjust-invalid",
      `${file} must export hooks as its default: export default defineHooks({ ... })`,
    );
  }
  return new StackHooks(exported as Hooks);
}

/** Synchronous, like the constructors of components. Node.js can require both kinds of modules, and strips types itself. */
function load(module: string, file: string): unknown {
  try {
    return (createRequire(import.meta.url)(module) as { readonly default?: unknown }).default;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BlueprintError("adjust-invalid", `${file} cannot be loaded: ${reason}`);
  }
}
