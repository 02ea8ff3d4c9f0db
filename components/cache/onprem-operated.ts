/** What valkey-io's chart makes of a cache. Pure. */
import { type DerivedName, longestLabel, type Operated } from "../core/operated.ts";

export const valkeyPort = 6379;

/** The label of all pods of a release. */
export const instanceLabel = "app.kubernetes.io/instance";

export function operatedCache(release: string): Operated {
  return {
    source: "valkey-io/valkey-helm 0.11.0, templates",
    pods: {
      valkey: {
        [instanceLabel]: release,
        "app.kubernetes.io/name": "valkey",
        "apps.kubernetes.io/pod-index": "0",
        "statefulset.kubernetes.io/pod-name": `${release}-0`,
      },
    },
    connections: [
      { from: "valkey", to: "valkey", port: valkeyPort, why: "replication" },
      { from: "client", to: "valkey", port: valkeyPort, why: "services" },
    ],
  };
}

/**
 * Names from the release's name. The controller of StatefulSets labels pods with the set's name and a hash of up to ten digits.
 * Sources: the chart's templates; Kubernetes, pkg/controller/history.
 */
export const derivedFromRelease: readonly DerivedName[] = [
  { what: "the label of the pods' revision", suffix: "-4294967295", max: longestLabel },
  { what: "the headless service", suffix: "-headless", max: longestLabel },
  { what: "the service for reads", suffix: "-read", max: longestLabel },
];
