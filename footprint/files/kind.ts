/** The kind of a stack's manifest, without reading the manifest: programs of cells do not parse the files of tenants. */
import path from "node:path";
import { configFile } from "./config-files.ts";
import { readPlainFile } from "./plain-file.ts";

/** `kind: tenant` as a field of its own line, or in a flow mapping; not in a comment. */
const tenantKind = /^[^#\n]*(?<![\w-])["']?kind["']?\s*:\s*["']?tenant["']?\s*(?:[,}#\n]|$)/m;

/** Whether a stack's config file describes a tenant. A file that cannot be read describes none: its reader reports it. */
export function isTenantFile(configDir: string, stack: string): boolean {
  try {
    return tenantKind.test(readPlainFile(path.join(configDir, configFile(stack))));
  } catch {
    return false;
  }
}

/** The stacks of an environment besides its own: its cells, and its tenants. */
export function membersOf(
  configDir: string,
  stacks: readonly string[],
  environment: string,
): { readonly cells: readonly string[]; readonly tenants: readonly string[] } {
  const own = stacks.filter((stack) => stack.startsWith(`${environment}.`));
  const tenants = new Set(own.filter((stack) => isTenantFile(configDir, stack)));
  return {
    cells: own.filter((stack) => !tenants.has(stack)),
    tenants: own.filter((stack) => tenants.has(stack)),
  };
}
