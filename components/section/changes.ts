/**
 * What a change of a setting does to what is deployed. The table of a section has an entry for every setting; an entry of an object
 * or a map also holds for the settings in it that have none.
 */

/** An entry of a table. */
export interface Change {
  /**
   * `in-place`: nothing is replaced. `replaces`: resources are replaced or deleted. `upwards`: the value can only grow. `never`: the
   * value cannot change.
   */
  readonly kind: "in-place" | "replaces" | "upwards" | "never";
  /** What any change loses. @default nothing */
  readonly loses?: string;
  /** What a lower value loses. @default nothing */
  readonly lowerLoses?: string;
  /** What the removal of an entry of a map loses. @default nothing */
  readonly removalLoses?: string;
  /** `upwards`, `never`: what to do instead. */
  readonly instead?: string;
  /** `upwards`, `never`: where the limit comes from. */
  readonly source?: string;
  /** `upwards`: the values from low to high. @default the order of numbers, sizes, durations and versions */
  readonly order?: readonly string[];
  /** Whether a change is accepted after all, from the objects with the setting before and after it. @default never */
  accepts?(before: Holder, after: Holder): boolean;
}

/** The object that has a setting. */
export type Holder = Readonly<Record<string, unknown>>;

/** Paths of settings to entries; `*` is any key of a map. */
export type Changes = Readonly<Record<string, Change>>;

type Limit = Required<Pick<Change, "instead" | "source">> & Pick<Change, "accepts" | "order">;

/** Settings that change in place. */
export function inPlace(...paths: readonly string[]): Changes {
  return each(paths, { kind: "in-place" });
}

/** Settings that change in place, and whose change loses something. */
export function losesBy(loses: string, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "in-place", loses });
}

/** Settings that change in place, and of which a lower value loses something. */
export function losesBelow(lowerLoses: string, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "in-place", lowerLoses });
}

/** Maps whose entries can be added in place; removing one loses something. */
export function entriesOf(removalLoses: string, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "in-place", removalLoses });
}

/** Settings whose change replaces or deletes resources. */
export function replaces(loses: string, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "replaces", loses });
}

/** Settings whose change replaces or deletes resources that hold nothing. */
export function renews(...paths: readonly string[]): Changes {
  return each(paths, { kind: "replaces" });
}

/** Settings that can only grow. */
export function upwards(limit: Limit, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "upwards", ...limit });
}

/** Settings that cannot change. */
export function never(limit: Limit, ...paths: readonly string[]): Changes {
  return each(paths, { kind: "never", ...limit });
}

function each(paths: readonly string[], change: Change): Changes {
  return Object.fromEntries(paths.map((path) => [path, change]));
}
