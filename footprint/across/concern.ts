/**
 * Which cells a cell depends on, so that a mistake elsewhere does not keep it from being deployed. Pure, and works on manifests as
 * they are written, because those that matter here may be invalid.
 */

import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { EnvironmentManifest, PlacedCell } from "../model.ts";

/** A cell as its file has it. */
export interface WrittenCell {
  readonly name: string;
  readonly stack: string;
  /** Undefined when the file cannot be read. */
  readonly manifest: Readonly<Record<string, unknown>> | undefined;
  /** Undefined when a field of the cell itself is wrong: nobody knows then where it is. */
  readonly placed: PlacedCell | undefined;
}

type Sections = Partial<Pick<EnvironmentManifest, "connectivity" | "dns">>;

/** The problems that keep a cell from being deployed: all but those in files of cells that do not concern it. */
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

/** What a cell says of where it is: other cells are planned with it. */
const placement =
  /^(kind|environment|cloud|account|project|projectNumber|region|zones|site|cidr|dns)\b/;

/** Whether nobody knows, or knows for sure, where a cell is. */
function isAstray({ placed, stack }: WrittenCell, problems: readonly Problem[]): boolean {
  const start = `${configFile(stack)}: `;
  return (
    placed === undefined ||
    problems.some(({ path }) => path.startsWith(start) && placement.test(path.slice(start.length)))
  );
}

/**
 * Whether what is wrong with another cell may change what a cell is planned to be: it refers to the other, the other is copied to
 * it, or where the other is goes into what both are planned with.
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

/** Every `cell: <name>` of a manifest: that is how one cell refers to another. */
function referencesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === "cell" && typeof below === "string" ? [below] : referencesOf(below),
  );
}

/** The cells that anything of a manifest is copied to. */
function copiesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    key === "replicateTo" ? referencesOf(below) : copiesOf(below),
  );
}

/** The cells that the reachability matrix joins with a cell, also by way of others. */
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

/** Whether both may be in one account and region of AWS, where cells share a profile of names. */
function shared({ placed }: WrittenCell, { manifest }: WrittenCell): boolean {
  if (placed !== undefined && placed.cloud !== "aws") return false;
  return (["cloud", "account", "region"] as const).every((field) => {
    const there = manifest?.[field];
    return there === undefined || placed === undefined || there === Reflect.get(placed, field);
  });
}
