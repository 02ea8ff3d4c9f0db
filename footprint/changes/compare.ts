/** Compares the deployed settings of a section with the wanted ones, by the section's table of changes. Pure. */
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../components/core/errors.ts";
import type { Change, Changes, Holder } from "../../components/section/changes.ts";
import { isLower } from "./order.ts";

/** Something that a change loses. */
export interface Loss {
  /** The setting, or the entry of a map. */
  readonly path: string;
  readonly loses: string;
}

export interface Comparison {
  /** Changes that can never be made, with what to do instead. */
  readonly refusals: readonly Problem[];
  readonly losses: readonly Loss[];
}

/** @param path the section's path in the manifest */
export function compare(table: Changes, path: string, before: Holder, after: Holder): Comparison {
  const scope: Scope = { table, refusals: [], losses: [] };
  compareObjects({ path, pattern: "" }, before, after, scope);
  return scope;
}

interface Scope {
  readonly table: Changes;
  readonly refusals: Problem[];
  readonly losses: Loss[];
}

interface Place {
  readonly path: string;
  /** The path in the table. */
  readonly pattern: string;
}

function compareObjects(at: Place, before: Holder, after: Holder, scope: Scope): void {
  const isMap = Object.keys(scope.table).some((key) => isWithin(key, join(at.pattern, "*")));
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const pattern = join(at.pattern, isMap ? "*" : name);
    const inner = { path: join(at.path, name), pattern };
    if (isMap && after[name] === undefined) {
      const { removalLoses } = entryFor(isMap && at.pattern !== "" ? at.pattern : pattern, scope);
      if (removalLoses !== undefined) scope.losses.push({ path: inner.path, loses: removalLoses });
    } else if (!isMap || before[name] !== undefined) {
      compareValues(inner, name, before, after, scope);
    }
  }
}

function compareValues(
  at: Place,
  name: string,
  holderBefore: Holder,
  holderAfter: Holder,
  scope: Scope,
): void {
  const [before, after] = [holderBefore[name], holderAfter[name]];
  if (isDeepStrictEqual(before, after)) return;
  const presence = (before === undefined) !== (after === undefined);
  const isOwn = Object.hasOwn(scope.table, at.pattern);
  if (isHolder(before ?? {}) && isHolder(after ?? {}) && !(presence && isOwn)) {
    compareObjects(at, (before ?? {}) as Holder, (after ?? {}) as Holder, scope);
  } else {
    judge(
      entryFor(at.pattern, scope),
      at.path,
      [before, after],
      [holderBefore, holderAfter],
      scope,
    );
  }
}

function judge(
  change: Change,
  path: string,
  [before, after]: readonly [unknown, unknown],
  [holderBefore, holderAfter]: readonly [Holder, Holder],
  scope: Scope,
): void {
  const { kind, loses, lowerLoses, removalLoses, instead, source, order } = change;
  if (change.accepts?.(holderBefore, holderAfter) === true) return;
  const lower = isLower(before, after, order);
  if (kind === "never" || (kind === "upwards" && lower)) {
    const was = before === undefined ? "unset" : JSON.stringify(before);
    const limit = kind === "never" ? "cannot change" : "cannot be lowered or removed";
    const message = `${limit} once it is deployed as ${was} (${source}): ${instead}`;
    scope.refusals.push({ path, message, got: after });
  }
  const lost = [
    loses,
    lower ? lowerLoses : undefined,
    after === undefined ? removalLoses : undefined,
  ];
  for (const what of lost) if (what !== undefined) scope.losses.push({ path, loses: what });
}

/** The entry of a setting, or of the nearest object that has one. Settings without any, of a user's section, change in place. */
function entryFor(pattern: string, { table }: Scope): Change {
  for (let path = pattern; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const entry = Object.hasOwn(table, path) ? table[path] : undefined;
    if (entry !== undefined) return entry;
  }
  return { kind: "in-place" };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`);
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
