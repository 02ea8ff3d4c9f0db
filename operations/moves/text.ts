/** A plan of a move as text. Pure. */
import { shellLine } from "../failover/shell.ts";
import type { MovePlan, MoveStep } from "./step.ts";

const who = { atoll: "Atoll deploys", operator: "you run", wait: "wait" } as const;

export function moveText(plan: MovePlan, done: readonly string[]): string {
  return [
    `Move of ${plan.tenant} from ${plan.what} ${plan.from} to ${plan.to}`,
    "",
    ...plan.sections.map(
      ({ section, cell, from, to, how, lost }) =>
        `  ${section} (${cell}): ${from} to ${to}, ${how}; lost: ${lost}`,
    ),
    ...plan.steps.flatMap((step, index) => stepText(step, index + 1, done.includes(step.id))),
  ].join("\n");
}

export function stepText(step: MoveStep, number: number, isDone = false): string[] {
  const { id, title, by, commands, verify, rollBack, lost, reversible } = step;
  return [
    "",
    `${number}. ${title} (${id}; ${who[by]})${isDone ? ": done" : ""}`,
    ...commands.map((command) => `     ${shellLine(command)}`),
    `   verify: ${verify.expect}`,
    ...verify.commands.map((command) => `     ${shellLine(command)}`),
    `   may be lost: ${lost}`,
    `   roll-back: ${reversible ? rollBack : `cannot be undone; ${rollBack}`}`,
  ];
}
