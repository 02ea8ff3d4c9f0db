import type * as kubernetes from "@pulumi/kubernetes";
import { withinNamespace } from "../core/isolated-namespace.ts";
import { clusterOperator } from "./onprem-operator.ts";

/** Ports that API servers listen on: of the service, and of the machines behind it. */
const apiServerPorts = [443, 6443];

/** Traffic of a Kafka cluster's namespace beside DNS: brokers and operators among themselves, and what asks the API server. */
export const streamPolicies = {
  within: withinNamespace,
  // Brokers read their node's zone when they start, and their operators look after topics and users.
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
