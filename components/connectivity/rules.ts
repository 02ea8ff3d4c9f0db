/** Rules of firewalls, security groups and network ACLs from the matrix. Pure. */
import type { ConnectedCell, Passage, Protocol } from "./matrix.ts";
import type { PortRange } from "./schema.ts";

/** Allowed traffic of one cell to or from another. Responses need no rule: all enforcement points are stateful. */
export interface AccessRule {
  /** The cell whose firewall has this rule. */
  readonly cell: string;
  readonly direction: "ingress" | "egress";
  readonly peer: string;
  /** The peer's block. */
  readonly cidr: string;
  readonly protocol: Protocol;
  readonly ports: readonly PortRange[];
  readonly why: string;
}

/** Two rules per passage: egress of one cell, ingress of the other. */
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

/** A rule with one range of ports, for security groups and network ACLs. */
export interface PortRule extends Omit<AccessRule, "ports">, PortRange {}

/** A cell's rules, one for each range of ports. */
export function portRules(rules: readonly AccessRule[], cell: string): PortRule[] {
  return rules
    .filter((rule) => rule.cell === cell)
    .flatMap(({ ports, ...rule }) => ports.map((range) => ({ ...rule, ...range })));
}
