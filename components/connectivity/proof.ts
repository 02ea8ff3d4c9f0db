/** The proof that nothing but the matrix passes: worked out from the routes and rules that were planned, not from the matrix. */
import { overlaps } from "../core/cidr.ts";
import { BlueprintError, type Problem } from "../core/errors.ts";
import { type ConnectedCell, common, joined, type Passage, portsText } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import { arrives } from "./paths.ts";
import type { AccessRule } from "./rules.ts";
import type { PortRange } from "./schema.ts";
import { surplus } from "./surplus.ts";

/** What passes from one cell to another. */
export type Reachable = Omit<Passage, "why">;

const protocols = ["tcp", "udp"] as const;

/** What a plan's routes and rules let pass: a way there, a way back, a rule at either end. */
export function reachable(plan: ConnectivityPlan): Reachable[] {
  return pairs(plan).flatMap(([from, to]) => {
    const opened = protocols
      .map((protocol) => ({ protocol, ports: opening(plan.rules, from, to, protocol) }))
      .filter(({ ports }) => ports.length > 0);
    if (opened.length === 0 || !arrives(plan, from, to) || !arrives(plan, to, from)) return [];
    return opened.map((passage) => ({ from: from.name, to: to.name, ...passage }));
  });
}

/**
 * Proves that a plan lets pass what its matrix says, and nothing else: end to end, and each layer for itself, so that no rule and
 * no route waits for the other to be added by mistake.
 *
 * @returns what can be reached
 * @throws BlueprintError `reachability-unproven` with everything that differs
 */
export function provenReachability(plan: ConnectivityPlan): Reachable[] {
  const found = reachable(plan);
  const problems = [
    ...differences(plan.matrix, found, "connections"),
    ...(["egress", "ingress"] as const).flatMap((direction) =>
      differences(plan.matrix, ruled(plan, direction), `${direction} rules`),
    ),
    ...surplus(plan),
  ];
  if (problems.length === 0) return found;
  throw new BlueprintError(
    "reachability-unproven",
    "routes and rules differ from the reachability matrix:",
    problems,
  );
}

/** What one side's rules alone would let pass; rules that are for no cell's block in particular count for all they touch. */
function ruled(plan: ConnectivityPlan, direction: AccessRule["direction"]): Reachable[] {
  return pairs(plan).flatMap(([from, to]) =>
    protocols.flatMap((protocol) => {
      const [cell, peer] = direction === "egress" ? [from, to] : [to, from];
      const ports = side(plan.rules, direction, cell, peer, protocol);
      return ports.length > 0 ? [{ from: from.name, to: to.name, protocol, ports }] : [];
    }),
  );
}

function opening(
  rules: readonly AccessRule[],
  from: ConnectedCell,
  to: ConnectedCell,
  protocol: AccessRule["protocol"],
): PortRange[] {
  return common(
    side(rules, "egress", from, to, protocol),
    side(rules, "ingress", to, from, protocol),
  );
}

function side(
  rules: readonly AccessRule[],
  direction: AccessRule["direction"],
  cell: ConnectedCell,
  peer: ConnectedCell,
  protocol: AccessRule["protocol"],
): PortRange[] {
  const own = rules.filter(
    (rule) =>
      rule.cell === cell.name &&
      rule.direction === direction &&
      rule.protocol === protocol &&
      overlaps(rule.cidr, peer.cidr),
  );
  return joined(own.flatMap(({ ports }) => ports));
}

function pairs({ cells }: ConnectivityPlan): [ConnectedCell, ConnectedCell][] {
  return cells.flatMap((from) =>
    cells
      .filter((to) => to.name !== from.name)
      .map((to): [ConnectedCell, ConnectedCell] => [from, to]),
  );
}

/** What is in one and not in the other, in words. */
function differences(
  wanted: readonly Reachable[],
  found: readonly Reachable[],
  what: string,
): Problem[] {
  const line = ({ from, to, protocol, ports }: Reachable) =>
    `${from} to ${to}, ${protocol} ${ports.map(portsText).join(", ")}`;
  const asked = new Set(wanted.map(line));
  const made = new Set(found.map(line));
  return [
    ...[...made]
      .filter((text) => !asked.has(text))
      .map((got) => ({ path: what, message: "let pass what the matrix does not say", got })),
    ...[...asked]
      .filter((text) => !made.has(text))
      .map((got) => ({ path: what, message: "do not let pass what the matrix says", got })),
  ];
}
