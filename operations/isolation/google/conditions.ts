/** Conditions of IAM bindings on Google Cloud: the names of resources that they allow. Pure. */

/**
 * Patterns of `resource.name` that a condition allows; undefined for a condition without such a limit, and for what is not understood,
 * which must be assumed to allow everything.
 */
export function namesIn(expression: string): string[] | undefined {
  const whole = unwrapped(expression.trim());
  const either = split(whole, "||");
  if (either.length > 1) {
    const found = either.map(namesIn);
    return found.some((names) => names === undefined)
      ? undefined
      : found.flatMap((names) => names ?? []);
  }
  const all = split(whole, "&&");
  if (all.length > 1) {
    const found = all.map(namesIn).filter((names) => names !== undefined);
    // Any one of them limits the resources; the shortest list is the narrowest.
    return found.sort((one, other) => one.length - other.length)[0];
  }
  const [, equal] = /^resource\.name\s*==\s*"([^"]*)"$/.exec(whole) ?? [];
  if (equal !== undefined) return [equal];
  const [, start] = /^resource\.name\.startsWith\(\s*"([^"]*)"\s*\)$/.exec(whole) ?? [];
  if (start !== undefined) return [`${start}*`];
  // A binding that is never valid, as a note of who owns it, does not occur; a time does not limit resources.
  return undefined;
}

function unwrapped(text: string): string {
  return text.startsWith("(") && closing(text) === text.length - 1
    ? unwrapped(text.slice(1, -1).trim())
    : text;
}

function closing(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (quoted) continue;
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

/** The parts of an expression between an operator, outside of parentheses and quotes. */
function split(text: string, operator: string): string[] {
  const parts: string[] = [];
  let [depth, from, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (quoted) continue;
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(from, at).trim());
      from = at + operator.length;
      at += operator.length - 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}
