/** Plans an environment's connectivity: hubs, links, routes, rules. Components only create what is planned. */
import { planHubs } from "./hubs.ts";
import { planLinks } from "./links.ts";
import { type ConnectedCell, type Needs, noNeeds, passages, withPlaces } from "./matrix.ts";
import type { ConnectivityPlan } from "./model.ts";
import { provenReachability } from "./proof.ts";
import { planRoutes } from "./routes.ts";
import { planRules } from "./rules.ts";
import type { ConnectivitySettings } from "./schema.ts";

/**
 * Plans what the matrix requires, and proves that nothing else can be reached. The settings must be valid: see
 * `connectivityProblems`.
 *
 * @param needs requirements of other components, for example resolvers
 *
 * @throws BlueprintError `reachability-unproven` when routes or rules allow more or less than the matrix
 */
export function planConnectivity(
  settings: ConnectivitySettings,
  cells: readonly ConnectedCell[],
  needs: Needs = noNeeds,
): ConnectivityPlan {
  const all = withPlaces(cells, needs.places);
  const matrix = passages([...settings.reachability, ...needs.lines]);
  const hubs = planHubs(settings, all);
  const links = planLinks(settings, all, matrix, hubs);
  const plan: ConnectivityPlan = {
    cells: all,
    matrix,
    hubs,
    links,
    routes: planRoutes(all, matrix, hubs, links),
    rules: planRules(all, matrix),
  };
  provenReachability(plan);
  return plan;
}
