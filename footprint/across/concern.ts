/**
 * Which cells a cell depends on, so that a mistake in another cell does not block its deployment. Pure. Works on unchecked
 * manifests, because they may be invalid.
 */

import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** A cell as written in its file. */
export interface WrittenCell {
  readonly name: string;
  readonly stack: string;
  /** Undefined when the file cannot be read. */
  readonly manifest: Readonly<Record<string, unknown>> | undefined;
  /** Undefined when a field of the cell itself is invalid: its location is then unknown. */
  readonly placed: PlacedCell | undefined;
}

type Sections = Partial<Pick<EnvironmentManifest, "connectivity" | "dns">>;

/** The problems that block a cell's deployment: all but those in files of cells that it does not depend on. */
export function concerning(
  asked: string,
  problems: readonly Problem[],
  cells: readonly WrittenCell[],
  sections: Sections,
): Problem[] {
  const own = cells.find(({ stack }) => stack === asked);
  const elsewhere = cells.filter(
    (cell) => own && cell !== own && !concerns(own, cell, sections, isAstray(cell, problems)),
  );
  return problems.filter(
    ({ path }) => !elsewhere.some(({ stack }) => path.startsWith(`${configFile(stack)}:`)),
  );
}

/** The fields of a cell's location, which other cells' plans depend on. */
const placement =
  /^(kind|environment|cloud|account|project|projectNumber|region|zones|site|cidr|dns)\b/;

/** Whether a cell's location is unknown or uncertain. */
function isAstray({ placed, stack }: WrittenCell, problems: readonly Problem[]): boolean {
  const start = `${configFile(stack)}: `;
  return (
    placed === undefined ||
    problems.some(({ path }) => path.startsWith(start) && placement.test(path.slice(start.length)))
  );
}

/**
 * Whether a mistake in another cell may change a cell's plan: it refers to the other, the other is copied to it, or its plan
 * depends on the other's location.
 */
function concerns(
  own: WrittenCell,
  other: WrittenCell,
  { connectivity, dns }: Sections,
  astray: boolean,
): boolean {
  if (referencesOf(own.manifest).includes(other.name)) return true;
  if (copiesOf(other.manifest).includes(own.name)) return true;
  if (!astray) return false;
  return (
    connected(own.name, connectivity).has(other.name) || (dns !== undefined && shared(own, other))
  );
}

/** The cells that a manifest refers to: every `cell: <name>` in it. */
function referencesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === "cell" && typeof below === "string" ? [below] : referencesOf(below),
  );
}

/** The cells that a manifest copies anything to. */
function copiesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === "replicateTo" ? referencesOf(below) : copiesOf(below),
  );
}

/** The cells that the reachability matrix connects with a cell, directly or through others. */
function connected(name: string, connectivity: Sections["connectivity"]): Set<string> {
  const found = new Set([name]);
  let size = 0;
  while (size < found.size) {
    size = found.size;
    for (const { from, to } of connectivity?.reachability ?? [])
      if (found.has(from) || found.has(to)) found.add(from).add(to);
  }
  return found;
}

/** Whether both may be in one AWS account and region, where cells share a Route 53 profile. */
function shared({ placed }: WrittenCell, { manifest }: WrittenCell): boolean {
  if (placed !== undefined && placed.cloud !== "aws") return false;
  return (["cloud", "account", "region"] as const).every((field) => {
    const there = manifest?.[field];
    return there === undefined || placed === undefined || there === Reflect.get(placed, field);
  });
}
