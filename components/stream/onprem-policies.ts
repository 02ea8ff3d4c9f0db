import {
  type PolicyCluster,
  type PolicySpec,
  toApiServer,
  withinNamespace,
} from "../core/isolated-namespace.ts";
import { kindLabel } from "./onprem-operated.ts";

/**
 * Traffic of a Kafka cluster's namespace in addition to DNS: within it, and from everything that Strimzi runs to the API server.
 * Brokers read the zone of their node, operators manage topics and users, and Kafka Connect reads its secrets.
 */
export function streamPolicies(cluster: PolicyCluster): Record<string, PolicySpec> {
  return {
    within: withinNamespace,
    "api-server": toApiServer(
      { matchExpressions: [{ key: kindLabel, operator: "Exists" }] },
      cluster,
    ),
  };
}
