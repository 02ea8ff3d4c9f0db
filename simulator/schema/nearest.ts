import { distance } from "fastest-levenshtein";

/** `, did you mean "roleArn"?` if a known name is similar, otherwise empty. */
export function didYouMean(given: string, known: readonly string[]): string {
  const wanted = plain(given);
  let best: { name: string; away: number } | undefined;
  for (const name of known) {
    const away = distance(wanted, plain(name));
    if (best === undefined || away < best.away) best = { name, away };
  }
  return best && best.away <= Math.max(2, Math.floor(given.length / 3))
    ? `, did you mean "${best.name}"?`
    : "";
}

/** `role_arn` and `RoleARN` are similar to `roleArn`. */
function plain(name: string): string {
  return name.replaceAll(/[_-]/g, "").toLowerCase();
}
