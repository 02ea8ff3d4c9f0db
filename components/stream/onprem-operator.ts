import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { operatorPlacement } from "../node-pool/operator-placement.ts";
import { clusterOperator, kindLabel } from "./onprem-operated.ts";

/** Supports only `kafka.strimzi.io/v1`. Source: Strimzi changelog, 2026-08. */
export const strimziVersion = "1.2.0";

/**
 * The Strimzi operator. It watches only its own namespace, and all pods meet the restricted Pod Security Standard.
 */
export function strimziOperator(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    name,
    {
      name: "strimzi",
      namespace,
      chart: "oci://quay.io/strimzi-helm/strimzi-kafka-operator",
      version: strimziVersion,
      // onprem-definitions.ts installs and upgrades them.
      skipCrds: true,
      atomic: true,
      timeout: 600,
      values: {
        watchAnyNamespace: false,
        replicas: 2,
        podDisruptionBudget: { enabled: true },
        ...operatorPlacement({ [kindLabel]: clusterOperator }, { cpu: "200m", memory: "512Mi" }),
        extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
      },
    },
    opts,
  );
}
