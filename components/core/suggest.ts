import { distance } from "fastest-levenshtein";

/** No name is longer, and comparing takes time with the length. */
const longestName = 100;

/**
 * `, did you mean "zones"?` when a known name is similar, else the known names.
 *
 * @param options.list whether to list the known names when none is similar. @default true
 */
export function didYouMean(
  given: string,
  known: readonly string[],
  options: { readonly list?: boolean } = {},
): string {
  const wanted = given.slice(0, longestName).toLowerCase();
  let nearest: { name: string; away: number } | undefined;
  for (const name of known) {
    const away = distance(wanted, name.toLowerCase());
    if (nearest === undefined || away < nearest.away) nearest = { name, away };
  }
  if (nearest && nearest.away <= Math.max(2, Math.floor(given.length / 3))) {
    return `, did you mean "${nearest.name}"?`;
  }
  return known.length > 0 && (options.list ?? true) ? `; known are ${known.join(", ")}` : "";
}
