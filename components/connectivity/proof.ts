/** Proves that only the traffic of the matrix is allowed, from the planned routes and rules. */
import { overlaps } from "../core/cidr.ts";
import { BlueprintError, type Problem } from "../core/errors.ts";
import { excessRules } from "./excess-rules.ts";
import { type ConnectedCell, common, joined, type Passage, portsText } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import { arrives } from "./paths.ts";
import type { AccessRule } from "./rules.ts";
import type { PortRange } from "./schema.ts";

/** Allowed traffic from one cell to another. */
export type Reachable = Omit<Passage, "why">;

const protocols = ["tcp", "udp"] as const;

/** The traffic that a plan's routes and rules allow: it needs a route in each direction, and a rule at each end. */
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
 * Proves that a plan allows exactly the traffic of its matrix: end to end, and separately for routes and rules, so that neither
 * has excess entries that a mistake in the other would expose.
 *
 * @returns the allowed traffic
 * @throws BlueprintError `reachability-unproven` with everything that differs
 */
export function provenReachability(plan: ConnectivityPlan): Reachable[] {
  const found = reachable(plan);
  const problems = [
    ...differences(plan.matrix, found, "connections"),
    ...(["egress", "ingress"] as const).flatMap((direction) =>
      differences(plan.matrix, ruled(plan, direction), `${direction} rules`),
    ),
    ...excessRules(plan),
  ];
  if (problems.length === 0) return found;
  throw new BlueprintError(
    "reachability-unproven",
    "routes and rules differ from the reachability matrix:",
    problems,
  );
}

/** The traffic that one side's rules alone allow. A rule counts for every cell whose block it overlaps. */
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

/** The differences of two lists of allowed traffic, as problems. */
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
      .map((got) => ({ path: what, message: "allow traffic that is not in the matrix", got })),
    ...[...asked]
      .filter((text) => !made.has(text))
      .map((got) => ({ path: what, message: "do not allow traffic that is in the matrix", got })),
  ];
}
