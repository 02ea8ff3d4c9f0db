/** For checks over several pools: they run although a pool has problems of its own, so that all are told at once. */

/** Settings of such a check; it is then given what was written, right or wrong. */
export const regardless = { when: () => true } as const;

/** The pools that are objects at least, by key; none when what was written is no map. */
export function poolsIn(written: unknown): [string, Readonly<Record<string, unknown>>][] {
  if (!isRecord(written)) return [];
  return Object.entries(written).filter((entry): entry is [string, Record<string, unknown>] =>
    isRecord(entry[1]),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
