/** The order in which a fleet of tenants is changed: few first, so that a mistake reaches few. Pure. */

/** A tenant as far as its turn depends on it. */
export interface Member {
  readonly stack: string;
  readonly ring: number;
}

/** The part of the fleet that is done after each wave; the first wave is one tenant. */
const parts = [0.1, 0.5, 1] as const;

/** Tenants in waves: one, up to 10 %, up to 50 %, all. Lower rings come first, and within a ring the order of names. */
export function wavesOf(members: readonly Member[]): string[][] {
  const order = [...members].sort((a, b) => a.ring - b.ring || (a.stack < b.stack ? -1 : 1));
  const ends = [Math.min(1, order.length), ...parts.map((part) => Math.ceil(order.length * part))];
  const waves: string[][] = [];
  let from = 0;
  for (const end of ends) {
    if (end <= from) continue;
    waves.push(order.slice(from, end).map(({ stack }) => stack));
    from = end;
  }
  return waves;
}

/**
 * Whether the next waves must not start.
 *
 * @param failed tenants of the wave that failed
 * @param stopAt the largest share of failures in percent
 */
export function stops(failed: number, wave: number, stopAt: number): boolean {
  return wave > 0 && (failed / wave) * 100 > stopAt;
}
