/** Names that a cloud reserves after deletion, for the description of what `destroy` deletes. */
import { reservedNames } from "../../components/core/reserved-names.ts";
import { shortName } from "../engine/events.ts";
import type { StateResource } from "../engine/state.ts";
import { wrapped } from "./wrap.ts";

/** Lines by period; none where no name is reserved. */
export function reservedText(resources: readonly StateResource[]): string[] {
  const reserved = resources.filter(({ type, outputs = {} }) => {
    const rule = reservedNames[type];
    return rule !== undefined && rule.when?.(outputs) !== false;
  });
  if (reserved.length === 0) return [];
  const byType = Map.groupBy(reserved, ({ type }) => type);
  return [
    "Names that stay reserved, and how to deploy them again before:",
    ...[...byType].map(([type, alike]) => {
      const { period, instead } = reservedNames[type] ?? { period: "", instead: "" };
      const names = alike.map(({ urn }) => shortName(urn)).join(", ");
      return wrapped(`${names}: ${period}; ${instead}`, 2);
    }),
  ];
}
