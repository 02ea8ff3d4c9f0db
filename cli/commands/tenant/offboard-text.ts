/** A plan of an off-boarding as text. Pure. */
import { shellLine } from "../../../operations/failover/shell.ts";
import type { Export, OffboardingPlan } from "../../../operations/offboarding/plan.ts";
import type { Stores } from "./inventory.ts";

export function offboardingText(plan: OffboardingPlan, before: Stores): string {
  return [
    `Off-boarding of ${plan.tenant}`,
    ...titled("Export first:", plan.exports.flatMap(commandsOf)),
    ...titled("Then delete objects:", plan.purges.flatMap(commandsOf)),
    ...titled(
      "Then:",
      plan.steps.map((step, index) => `${index + 1}. ${step}`),
    ),
    ...titled(
      "Destroyed:",
      Object.entries(before).flatMap(([store, items]) => [
        `${store}: ${items.length} resources`,
        ...items.map(({ type, urn }) => `  ${type} ${urn.split("::").at(-1) ?? ""}`),
      ]),
    ),
    ...titled(
      "Kept:",
      plan.kept.map(({ store, what, until, why }) => `until ${until}: ${store}, ${what} (${why})`),
    ),
  ].join("\n");
}

function commandsOf({ store, title, commands }: Export): string[] {
  return [`${store}: ${title}`, ...commands.map((command) => `    ${shellLine(command)}`)];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}
