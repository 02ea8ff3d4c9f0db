/** Attacks of one tenant on another one, as text. */
import { shellLine } from "../../operations/failover/shell.ts";
import type { Attack, Outcome } from "../../operations/isolation/attack/attack.ts";
import { table } from "./table.ts";
import { wrapped } from "./wrap.ts";

interface TriedCell {
  readonly cell: string;
  readonly attacks: readonly {
    readonly attack: Attack;
    readonly outcome?: Outcome;
    readonly because?: string;
  }[];
}

/** A row for each attack and those who tried it: what is expected, and what the oracle or the real cell says. */
export function attackTable({ cell, attacks }: TriedCell, isReal: boolean): string {
  const alike = Map.groupBy(attacks, ({ attack, outcome }) =>
    [attack.plane, attack.what, outcome].join("\n"),
  );
  const rows = [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { attack, outcome = "unclear", because } = first;
    const times = group.length === 1 ? "" : ` (as ${group.length} identities)`;
    const shown =
      outcome === "refused" || because === undefined ? outcome : `${outcome}: ${because}`;
    return [[attack.plane, `${attack.what}${times}`, "refused", shown]];
  });
  const refused = attacks.filter(({ outcome }) => outcome === "refused").length;
  return [
    `Attacks on ${cell}: ${refused} of ${attacks.length} refused`,
    "",
    table(["plane", "attack", "expected", isReal ? "result" : "oracle"], rows),
    "",
  ].join("\n");
}

/** The commands, for a real cell. */
export function attackText({ cell, attacks }: TriedCell): string {
  const lines = attacks.flatMap(({ attack }) => [
    wrapped(`${attack.plane}: ${attack.what}`),
    wrapped(`as ${attack.as}`, 2),
    ...(attack.find === undefined ? [] : [`  address=$(${shellLine({ run: attack.find })})`]),
    `  ${shellLine({ run: attack.run })}`,
    wrapped(`refused if the output matches /${attack.refused}/: ${attack.reads}`, 2),
    "",
  ]);
  return [`Attacks on ${cell}; nothing was run`, "", ...lines].join("\n");
}
