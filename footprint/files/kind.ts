/** The kind of a stack's manifest, without reading the manifest: programs of cells do not parse the files of tenants. */
import { statSync } from "node:fs";
import path from "node:path";
import { configFile } from "./config-files.ts";
import { readPlainFile } from "./plain-file.ts";

/** `kind: tenant` as a field of its own line, or in a flow mapping; not in a comment. */
const tenantKind = /^[^#\n]*(?<![\w-])["']?kind["']?\s*:\s*["']?tenant["']?\s*(?:[,}#\n]|$)/m;

/** What a file was when its kind was read. */
interface Known {
  readonly version: string;
  readonly isTenant: boolean;
}

/**
 * Kinds of files, for as long as they do not change. A process runs the programs of many tenants, and each asks which of the
 * environment's files are cells: without this a program would read the files of all other tenants.
 */
const known = new Map<string, Known>();

/** Whether a stack's config file describes a tenant. A file that cannot be read describes none: its reader reports it. */
export function isTenantFile(configDir: string, stack: string): boolean {
  const file = path.resolve(configDir, configFile(stack));
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    const version = `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
    const found = known.get(file);
    if (found?.version === version) return found.isTenant;
    const isTenant = tenantKind.test(readPlainFile(file));
    known.set(file, { version, isTenant });
    return isTenant;
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
