/** Label selectors of Kubernetes. Pure. */
import type { Plain } from "./model.ts";
import { labels, list, record, text, texts } from "./plain.ts";

/** Whether a selector selects an object with these labels. An empty selector selects everything. */
export function selects(selector: unknown, own: Readonly<Record<string, string>>): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  return (
    Object.entries(labels(matchLabels)).every(([key, value]) => own[key] === value) &&
    list(matchExpressions).every((each) => isMet(record(each), own))
  );
}

/** Whether it selects every object. */
export function selectsAll(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = record(selector);
  return Object.keys(record(matchLabels)).length === 0 && list(matchExpressions).length === 0;
}

function isMet(expression: Plain, own: Readonly<Record<string, string>>): boolean {
  const value = own[text(expression.key) ?? ""];
  const values = texts(expression.values);
  switch (expression.operator) {
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    default:
      // The API server refuses other operators.
      return false;
  }
}
