import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Serves `kafka.strimzi.io/v1` and nothing older. Source: its changelog, 2026-08. */
export const strimziVersion = "1.2.0";

/** What the operator's own pods carry as `strimzi.io/kind`. */
export const clusterOperator = "cluster-operator";

/**
 * Strimzi's operator, which looks after its own namespace and no other, in pods of the restricted standard: its own, and all
 * that it makes.
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
      atomic: true,
      timeout: 600,
      values: {
        watchAnyNamespace: false,
        replicas: 2,
        podDisruptionBudget: { enabled: true },
        extraEnvs: [{ name: "STRIMZI_POD_SECURITY_PROVIDER_CLASS", value: "restricted" }],
      },
    },
    opts,
  );
}
