/** Whether the firewall rules of all cells fit in their Google Cloud projects. Pure. */
import type { Problem } from "../core/errors.ts";
import { countLimits } from "../core/service-limits.ts";
import { ownFirewallRules } from "../network/egress-schema.ts";
import type { EnvironmentCell } from "../section/environment-section.ts";
import type { ConnectedCell, Passage } from "./matrix.ts";
import { planRules } from "./rules.ts";

type Cell = EnvironmentCell & ConnectedCell;

/** A problem for each project, at its cell with the most rules. */
export function firewallProblems(cells: readonly Cell[], matrix: readonly Passage[]): Problem[] {
  const rules = planRules(cells, matrix);
  const counted = cells.flatMap((cell) => {
    if (cell.cloud !== "gcp") return [];
    const asked = rulesOf(cell);
    const between = rules.filter((rule) => rule.cell === cell.name).length;
    return [
      {
        cell,
        project: cell.project,
        asked,
        others: between + (asked === undefined ? 0 : ownFirewallRules),
      },
    ];
  });
  const projects = [...new Set(counted.map(({ project }) => project))];
  return projects.flatMap((project) => {
    const own = counted.filter((each) => each.project === project);
    const sum = own.reduce((total, { asked = 0, others }) => total + asked + others, 0);
    const most = countLimits.firewallRulesPerProject;
    if (sum <= most) return [];
    const largest = own.reduce((a, b) => ((b.asked ?? 0) > (a.asked ?? 0) ? b : a));
    const fits = Math.max(0, (largest.asked ?? 0) - (sum - most));
    const others = own.flatMap(({ cell }) => (cell === largest.cell ? [] : [cell.name]));
    const beside =
      others.length === 0 ? "rules for other cells" : `the rules of ${others.join(", ")}`;
    return [
      {
        path: `${largest.cell.file}: network.egress.to`,
        message: `must have at most ${fits} entries beside ${beside}: project ${project} has ${most} firewall rules, and its cells need ${sum}; list several blocks in one entry, or combine ports in connectivity.reachability`,
        got: largest.asked ?? 0,
      },
    ];
  });
}

/** The rules that a manifest asks for; undefined for an existing network, whose firewall is not Atoll's. */
function rulesOf({ sections: { network = {} } }: Cell): number | undefined {
  if (network.existing !== undefined) return undefined;
  const { to } = (network.egress ?? {}) as { readonly to?: unknown };
  return typeof to === "object" && to !== null ? Object.keys(to).length : 0;
}
