/** For checks across pools. They also run if a pool is invalid, so that all problems are reported together. */

/** Settings of such a check. Its input is then possibly invalid. */
export const regardless = { when: () => true } as const;

/** The pools that are objects, by key. Empty if the input is not a map. */
export function poolsIn(written: unknown): [string, Readonly<Record<string, unknown>>][] {
  if (!isRecord(written)) return [];
  return Object.entries(written).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
