import { z } from "zod";
import { projectText } from "../core/cloud.ts";
import { kubernetesVersion } from "./versions.ts";

/**
 * Capabilities of an on-premises cluster, by the API that indicates each (the name of its APIService).
 * Sources: the CRDs of Gateway API 1.x and external-snapshotter 8.x, metrics-server 0.8.
 */
export const capabilityApis = {
  "gateway-api": "v1.gateway.networking.k8s.io",
  "csi-snapshots": "v1.snapshot.storage.k8s.io",
  "resource-metrics": "v1beta1.metrics.k8s.io",
} as const;

/** Network plugins that enforce network policies, by the API that indicates each. */
export const networkPolicyApis = {
  cilium: "v2.cilium.io",
  calico: "v1.crd.projectcalico.org",
  antrea: "v1beta1.crd.antrea.io",
} as const;

const keysOf = <T extends object>(table: T) => Object.keys(table) as (keyof T & string)[];

const className = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, {
    error: "must be the name of a class: lower case letters, digits, hyphens and dots",
  });

/** `cluster` in the manifest of an on-premises cell. */
export const onpremClusterSettings = z.strictObject({
  /** The minor version of its newest node. */
  version: kubernetesVersion("upstream"),
  /** The location of the kubeconfig. */
  kubeconfig: z.strictObject({
    /** The secret config key of the stack that contains the kubeconfig. */
    configKey: z.string().regex(/^[A-Za-z][\w-]*$/, {
      error: 'must be a key of the stack\'s config such as "kubeconfig"',
    }),
  }),
  /**
   * Capabilities that the cluster must have; it is rejected otherwise.
   * @default []
   */
  capabilities: z
    .array(z.enum(keysOf(capabilityApis)))
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each capability once",
    })
    .default([]),
  /**
   * The network plugin that enforces network policies. Every cluster accepts policies, but only such a plugin enforces them.
   * When set, the deployment checks for it.
   *
   * @default not checked
   */
  networkPolicy: z.enum(keysOf(networkPolicyApis)).optional(),
  /**
   * Port at which pods reach the API server behind its service, for network policies.
   *
   * @default read from the endpoints of the service `kubernetes`
   */
  apiServerPort: z.int().min(1).max(65_535).optional(),
  /**
   * The classes that the cluster already uses by default; the deployment checks them. Where it has its own default PriorityClass,
   * Atoll's class `atoll-stateless` is not the default: a cluster can have only one.
   */
  defaultClasses: z
    .strictObject({
      /** Its PriorityClass with `globalDefault`. @default none: `atoll-stateless` becomes the default */
      priority: className.optional(),
      /** Its default StorageClass, for sections that name none. @default not checked */
      storage: className.optional(),
      /** Its default IngressClass. @default not checked */
      ingress: className.optional(),
    })
    .prefault({}),
  /** Registers the cluster with a Google Cloud fleet, so that its identities are valid there. @default not registered */
  fleet: z
    .strictObject({
      /** Project of the fleet. */
      project: projectText,
      /** Region of the membership. @default "global" */
      location: z.string().min(1).default("global"),
      /** Name of the membership, unique in the project and location. */
      membership: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
        error: "must be 1 to 63 lower case letters, digits and hyphens",
      }),
      /** Issuer of the cluster's service account tokens: the API server's `--service-account-issuer`, reachable by Google. */
      issuer: z
        .url({
          protocol: /^https$/,
          error: "must be the URL of a token issuer, starting with https://",
        })
        .max(2000),
    })
    .optional(),
});

/** A node's name as Kubernetes has it: a DNS subdomain. */
export const nodeName = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    { error: "must be the name of a node: lower case letters, digits, hyphens and dots" },
  );
