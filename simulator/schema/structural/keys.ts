import type { CheckFailure } from "../check-failure.ts";
import { childPath, isAbsent, isObject, isUnknown } from "../value.ts";

/** Items that have the keys of an earlier item. */
export function repeatedKeys(
  keys: readonly string[],
  items: readonly unknown[],
  path: string,
  byDefault: (key: string) => unknown,
): CheckFailure[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    if (!isObject(item)) return [];
    const own = keys.map((key) => item[key] ?? byDefault(key));
    if (own.some((part) => isUnknown(part) || isAbsent(part))) return [];
    const text = JSON.stringify(own);
    const first = seen.get(text);
    if (first === undefined) {
      seen.set(text, index);
      return [];
    }
    const reason = `has the ${keys.join(" and ")} of item ${first}: ${own.join(", ")}`;
    return [{ property: childPath(path, index), reason }];
  });
}
