/** Amounts in whole cents that are split without a remainder. Pure. */

/**
 * Parts of an amount in proportion to weights, by the method of largest remainders: they add up to the amount exactly, and no part is a
 * cent or more away from its exact share. Without any weight, all parts are 0.
 *
 * @param cents a whole number, not negative
 * @param weights not negative
 */
export function split(cents: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (cents * weight) / total);
  const parts = exact.map(Math.floor);
  const missing = cents - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Percentages of an amount with one decimal, in tenths: they add up to 1000 exactly. */
export function tenthsOfPercent(parts: readonly number[]): number[] {
  return split(1000, parts);
}
