/** An existing Network Connectivity Center hub: what must be true. */
import type { Problem } from "../core/errors.ts";

export interface GoogleHubFacts {
  readonly state: string;
  readonly topology: string;
}

export function googleHubProblems({ state, topology }: GoogleHubFacts): Problem[] {
  const path = "connectivity.existing.googleHub";
  const must: [boolean, string, unknown][] = [
    [state === "ACTIVE", "must be active", state],
    [topology === "MESH", "must have the topology MESH: every cell reaches every other", topology],
  ];
  return must.flatMap(([held, message, got]) => (held ? [] : [{ path, message, got }]));
}
