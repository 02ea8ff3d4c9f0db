/** Patterns with `*` for any characters and `?` for one, as in IAM, in ACLs of Kafka as prefixes, and in ACLs of Valkey. */

/** Whether a text matches a pattern. */
export function matches(pattern: string, text: string): boolean {
  return covers(pattern, text, false);
}

/** Whether everything that matches `inner` also matches `outer`. May be false where the proof needs more than one comparison. */
export function contains(outer: string, inner: string): boolean {
  return covers(outer, inner, true);
}

function covers(outer: string, inner: string, isPattern: boolean): boolean {
  // The usual comparison with a memory of the last star.
  let [at, own, star, resume] = [0, 0, -1, 0];
  while (at < inner.length) {
    const wanted = outer[own];
    const given = inner[at];
    if (wanted === "*") {
      star = own++;
      resume = at;
    } else if (wanted !== undefined && covered(wanted, given, isPattern)) {
      own++;
      at++;
    } else if (star >= 0) {
      own = star + 1;
      at = ++resume;
    } else return false;
  }
  while (outer[own] === "*") own++;
  return own === outer.length;
}

function covered(wanted: string, given: string | undefined, isPattern: boolean): boolean {
  if (isPattern && given === "*") return false;
  if (wanted === "?") return true;
  return wanted === given;
}

/** Whether a text exists that matches both patterns. */
export function intersects(one: string, other: string): boolean {
  const fixed = literalPrefix(one);
  const also = literalPrefix(other);
  if (!fixed.startsWith(also) && !also.startsWith(fixed)) return false;
  const seen = new Set<number>();
  const width = other.length + 1;
  const common = (i: number, j: number): boolean => {
    const here = i * width + j;
    if (seen.has(here)) return false;
    seen.add(here);
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) return true;
    if (a === "*" && common(i + 1, j)) return true;
    if (b === "*" && common(i, j + 1)) return true;
    if (a === undefined || b === undefined) return false;
    if (a === "*") return common(i, j + 1);
    if (b === "*") return common(i + 1, j);
    return (a === "?" || b === "?" || a === b) && common(i + 1, j + 1);
  };
  return common(0, 0);
}

/** The characters before the first wildcard. */
export function literalPrefix(pattern: string): string {
  const at = pattern.search(/[*?]/);
  return at < 0 ? pattern : pattern.slice(0, at);
}
