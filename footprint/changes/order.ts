/** The order of a setting's values. Pure. */
import { bytes, isDuration, isSize, seconds } from "../../components/core/units.ts";

/**
 * Whether a value is lower than the one before it: a smaller number, size or duration, an earlier version, `false` after `true`,
 * a list without an item, or none after some. Values without an order are not lower.
 *
 * @param order the values from low to high, for strings with another order
 */
export function isLower(before: unknown, after: unknown, order?: readonly string[]): boolean {
  if (before === undefined) return false;
  if (after === undefined) return true;
  if (Array.isArray(before) && Array.isArray(after)) {
    const kept = new Set(after.map((item) => JSON.stringify(item)));
    return before.some((item) => !kept.has(JSON.stringify(item)));
  }
  if (order !== undefined) return order.indexOf(String(after)) < order.indexOf(String(before));
  const [old, now] = [magnitude(before), magnitude(after)];
  if (old !== undefined && now !== undefined) return now < old;
  return typeof before === "string" && typeof after === "string" && isEarlier(after, before);
}

function magnitude(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (value === "forever") return Number.POSITIVE_INFINITY;
  if (isSize(value)) return bytes(value);
  return isDuration(value) ? seconds(value) : undefined;
}

/** Whether a version such as `1.35` or `4.1.x.kraft` is earlier than another. */
function isEarlier(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (const [index, part] of (one ?? []).entries()) {
    const against = other?.[index];
    if (against !== undefined && part !== against) return part < against;
  }
  return false;
}
