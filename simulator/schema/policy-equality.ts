/**
 * Whether two IAM policy documents say the same, as terraform-provider-aws compares them (hashicorp/awspolicyequivalence): statements
 * and lists have no order, a list of one is its item, and an account is its root user.
 */
import { isDeepStrictEqual } from "node:util";
import { isObject } from "./value.ts";

export function isPolicy(document: unknown): boolean {
  return isObject(document) && "Statement" in document;
}

export function samePolicy(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(unordered(before), unordered(after));
}

function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.map((item) => [JSON.stringify(unordered(item)), unordered(item)]));
    const sorted = [...items].sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.length === 1 ? sorted[0]?.[1] : sorted.map(([, item]) => item);
  }
  if (!isObject(value)) return typeof value === "boolean" ? String(value) : value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.map((name) => [name, unordered(name === "AWS" ? rootUsers(value[name]) : value[name])]),
  );
}

function rootUsers(principals: unknown): unknown {
  if (Array.isArray(principals)) return principals.map(rootUsers);
  const isAccount = typeof principals === "string" && /^\d{12}$/.test(principals);
  return isAccount ? `arn:aws:iam::${principals}:root` : principals;
}
