/** An environment's connectivity as data. */
import type { Hub } from "./hubs.ts";
import type { Link } from "./links.ts";
import type { ConnectedCell, Passage } from "./matrix.ts";
import type { Routes } from "./routes.ts";
import type { AccessRule } from "./rules.ts";
import type { ConnectivitySettings } from "./schema.ts";

export interface ConnectivityPlan {
  /** Cells, and services in the hub's network. */
  readonly cells: readonly ConnectedCell[];
  readonly matrix: readonly Passage[];
  readonly hubs: readonly Hub[];
  readonly links: readonly Link[];
  readonly routes: Routes;
  readonly rules: readonly AccessRule[];
}

/** The connectivity of an environment with a reachability matrix. */
export interface Connected {
  readonly settings: ConnectivitySettings;
  readonly plan: ConnectivityPlan;
}
