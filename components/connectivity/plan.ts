/** The whole of an environment's connectivity as data: hubs, links, routes, rules. Components only write down what stands here. */
import { type Hub, planHubs } from "./hubs.ts";
import { type Link, planLinks } from "./links.ts";
import { type ConnectedCell, type Passage, passages, type Reach } from "./matrix.ts";
import { provenReachability } from "./proof.ts";
import { planRoutes, type Routes } from "./routes.ts";
import { type AccessRule, planRules } from "./rules.ts";
import type { ConnectivitySettings } from "./schema.ts";

export interface ConnectivityPlan {
  readonly cells: readonly ConnectedCell[];
  readonly matrix: readonly Passage[];
  readonly hubs: readonly Hub[];
  readonly links: readonly Link[];
  readonly routes: Routes;
  readonly rules: readonly AccessRule[];
}

/**
 * Plans what the matrix asks for, and proves that nothing else can be reached. The settings have to be free of problems: see
 * `connectivityProblems`.
 *
 * @param more lines of the matrix that other components need, resolvers for example
 *
 * @throws BlueprintError `reachability-unproven` when routes or rules let more or less pass than the matrix says
 */
export function planConnectivity(
  settings: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  more: readonly Reach[] = [],
): ConnectivityPlan {
  const matrix = passages([...settings.reachability, ...more]);
  const hubs = planHubs(settings, cells, matrix);
  const links = planLinks(settings, cells, matrix, hubs);
  const plan: ConnectivityPlan = {
    cells,
    matrix,
    hubs,
    links,
    routes: planRoutes(cells, matrix, hubs, links),
    rules: planRules(cells, matrix),
  };
  provenReachability(plan);
  return plan;
}
