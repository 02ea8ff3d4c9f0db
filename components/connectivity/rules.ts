/** From the matrix to what firewalls, security groups and access lists let pass. Pure. */
import type { ConnectedCell, Passage, Protocol } from "./matrix.ts";
import type { PortRange } from "./schema.ts";

/** What one cell lets out to another, or in from it. Answers need no rule: all that judge by these remember connections. */
export interface AccessRule {
  /** The cell whose firewall it stands in. */
  readonly cell: string;
  readonly direction: "ingress" | "egress";
  readonly peer: string;
  /** The peer's block. */
  readonly cidr: string;
  readonly protocol: Protocol;
  readonly ports: readonly PortRange[];
  readonly why: string;
}

/** Two rules a passage: out of the one, into the other. */
export function planRules(
  cells: readonly ConnectedCell[],
  matrix: readonly Passage[],
): AccessRule[] {
  const blocks = new Map(cells.map(({ name, cidr }) => [name, cidr]));
  return matrix.flatMap(({ from, to, protocol, ports, why }): AccessRule[] => {
    const source = blocks.get(from);
    const target = blocks.get(to);
    if (source === undefined || target === undefined) return [];
    const shared = { protocol, ports, why };
    return [
      { cell: from, direction: "egress", peer: to, cidr: target, ...shared },
      { cell: to, direction: "ingress", peer: from, cidr: source, ...shared },
    ];
  });
}

/** A rule's name among those of its cell. */
export function ruleKey({
  direction,
  peer,
  protocol,
}: Pick<AccessRule, "direction" | "peer" | "protocol">): string {
  return `${direction}-${direction === "egress" ? "to" : "from"}-${peer}-${protocol}`;
}

/** One side of a passage as lists take it that count ports from the first to the last: security groups, access lists. */
export interface PortRule extends Omit<AccessRule, "ports">, PortRange {}

/** A cell's rules, one for each range of ports. */
export function portRules(rules: readonly AccessRule[], cell: string): PortRule[] {
  return rules
    .filter((rule) => rule.cell === cell)
    .flatMap(({ ports, ...rule }) => ports.map((range) => ({ ...rule, ...range })));
}
