import type * as kubernetes from "@pulumi/kubernetes";
import { withinNamespace } from "../core/isolated-namespace.ts";
import { clusterOperator } from "./onprem-operator.ts";

/** Ports of the API server: of its service, and of its endpoints. */
const apiServerPorts = [443, 6443];

/** Traffic of a Kafka cluster's namespace in addition to DNS: between brokers and operators, and to the API server. */
export const streamPolicies = {
  within: withinNamespace,
  // Brokers read their node's zone at startup, and operators manage topics and users.
  "api-server": {
    podSelector: {
      matchExpressions: [
        { key: "strimzi.io/kind", operator: "In", values: [clusterOperator, "Kafka"] },
      ],
    },
    policyTypes: ["Egress"],
    egress: [{ ports: apiServerPorts.map((port) => ({ protocol: "TCP", port })) }],
  },
} satisfies Record<string, kubernetes.types.input.networking.v1.NetworkPolicySpec>;
