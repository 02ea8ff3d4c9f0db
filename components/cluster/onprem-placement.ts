/** What an existing cluster must have so that pods are scheduled and reach the API server. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { OnpremClusterSpec } from "./schema.ts";

/** Where the reads belong, and the provider that inspects the cluster. */
export interface Inspection {
  named(key: string): string;
  readonly options: pulumi.CustomResourceOptions;
}

const zoneLabel = "topology.kubernetes.io/zone";

/** The labels that a node must have, of which its zone or rack is the value. */
export function neededLabels({ zonedNodes, rackLabel }: OnpremClusterSpec, node: string): string[] {
  if (!zonedNodes.includes(node)) return [];
  return [...new Set([zoneLabel, ...(rackLabel === undefined ? [] : [rackLabel])])];
}

/** Whether the cluster's own default classes are what the manifest says: `StorageClass fast` to true or false. */
export function defaultClasses(
  { defaultClasses: { priority, storage, ingress } }: OnpremClusterSpec,
  { named, options }: Inspection,
): Record<string, pulumi.Output<boolean>> {
  const marked = (annotation: string) => (metadata: { annotations?: Record<string, string> }) =>
    metadata.annotations?.[annotation] === "true";
  return {
    ...(priority === undefined
      ? {}
      : {
          [`PriorityClass ${priority}`]: kubernetes.scheduling.v1.PriorityClass.get(
            named("default-priority"),
            priority,
            options,
          ).globalDefault.apply((isDefault) => isDefault === true),
        }),
    ...(storage === undefined
      ? {}
      : {
          [`StorageClass ${storage}`]: kubernetes.storage.v1.StorageClass.get(
            named("default-storage"),
            storage,
            options,
          ).metadata.apply(marked("storageclass.kubernetes.io/is-default-class")),
        }),
    ...(ingress === undefined
      ? {}
      : {
          [`IngressClass ${ingress}`]: kubernetes.networking.v1.IngressClass.get(
            named("default-ingress"),
            ingress,
            options,
          ).metadata.apply(marked("ingressclass.kubernetes.io/is-default-class")),
        }),
  };
}

/** The port of the service `kubernetes`, which every cluster has. */
const servicePort = 443;

/**
 * The ports that network policies allow for the API server: of its service, and of its endpoints, which network plugins compare
 * after translating the address.
 */
export function apiServerPorts(
  { apiServerPort }: OnpremClusterSpec,
  { named, options }: Inspection,
): pulumi.Output<number[]> {
  if (apiServerPort !== undefined) return pulumi.output(distinct([servicePort, apiServerPort]));
  const { ports } = kubernetes.discovery.v1.EndpointSlice.get(
    named("api-server"),
    "default/kubernetes",
    options,
  );
  return ports.apply((seen) => distinct([servicePort, ...(seen ?? []).map(({ port }) => port)]));
}

function distinct(ports: readonly number[]): number[] {
  return [...new Set(ports)];
}
