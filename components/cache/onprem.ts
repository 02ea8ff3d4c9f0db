import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace, podsOf } from "../core/isolated-namespace.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { untilReady } from "../core/until-ready.ts";
import { onpremCapacities } from "./capacity.ts";
import type { CacheContract } from "./contract.ts";
import { valkeyPort } from "./onprem-operated.ts";
import { chartValues, type OnpremCacheNames, valkeyChart } from "./onprem-values.ts";
import { type OnpremCacheSpec, onpremCacheSpec } from "./schema.ts";

export interface OnpremCacheArgs extends ComponentArgs {
  /** `cache` of the cell's manifest with its cloud. */
  readonly spec: z.input<typeof onpremCacheSpec>;
  readonly cluster: { readonly provider: kubernetes.Provider };
  /** Labels of its namespace. @default {} */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
}

const valkey = [{ protocol: "TCP", port: valkeyPort }];

/**
 * Valkey in an on-premises cluster: a primary and its replicas, on volumes. TLS is required, and each user has a password. The
 * first pod is always the primary: when it fails, Kubernetes restarts it from its volume, and no replica takes over.
 *
 * @example
 * const cache = new OnpremCache("cache", { spec, ownership, cluster });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremCache extends BlueprintComponent implements CacheContract {
  readonly cloud = "onprem";
  readonly spec: OnpremCacheSpec;
  readonly endpoint: pulumi.Output<string>;
  /** Host that distributes reads over all pods. */
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port = valkeyPort;
  readonly clustered = false;
  readonly dataGiB: number;
  readonly failover = "restart";
  readonly namespace: pulumi.Output<string>;
  /** Secret in the namespace with `ca.crt`, the authority that signs the certificate. */
  readonly certificateSecret: string;

  constructor(name: string, args: OnpremCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremCacheSpec, args.spec, `cache "${name}"`);
    super("cache", "OnpremCache", name, args, { spec }, opts);
    const { ownership } = args;
    const { provider } = args.cluster;
    const release = nameIn(ownership, "helm-release", name);
    const names = { release, certificate: `${release}-tls` };
    this.spec = spec;
    this.dataGiB = onpremCapacities[spec.size].dataGiB;
    this.certificateSecret = names.certificate;

    const namespace = new IsolatedNamespace(
      this.named("namespace"),
      {
        ownership,
        retain: this.retain,
        noun: "cache",
        namespace: spec.namespace,
        policies: policies(spec),
        ...(args.namespaceLabels && { labels: args.namespaceLabels }),
      },
      { parent: this, providers: [provider] },
    );
    this.namespace = namespace.name;
    const certificate = this.#certificate(names, provider);
    const values = chartValues(spec, names);
    const installed = new kubernetes.helm.v3.Release(
      this.named(),
      {
        name: release,
        namespace: this.namespace,
        chart: valkeyChart.chart,
        version: valkeyChart.version,
        repositoryOpts: { repo: valkeyChart.repository },
        atomic: true,
        timeout: 600,
        values: values,
      },
      this.stateful({ provider, dependsOn: [namespace, certificate] }),
    );
    this.endpoint = pulumi.interpolate`${installed.name}.${this.namespace}.svc`;
    this.readerEndpoint = pulumi.interpolate`${installed.name}-read.${this.namespace}.svc`;
    this.registerOutputs({ endpoint: this.endpoint, dataGiB: this.dataGiB });
  }

  /** Covers the services and each pod, because replicas connect to the primary's pod. */
  #certificate(
    { release, certificate }: OnpremCacheNames,
    provider: kubernetes.Provider,
  ): kubernetes.apiextensions.CustomResource {
    const { namespace, issuer } = this.spec;
    const services = [release, `${release}-read`, `*.${release}-headless`];
    return new kubernetes.apiextensions.CustomResource(
      this.named("certificate"),
      {
        apiVersion: "cert-manager.io/v1",
        kind: "Certificate",
        metadata: {
          name: certificate,
          namespace: this.namespace,
          annotations: { ...untilReady },
        },
        spec: {
          secretName: certificate,
          issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer },
          dnsNames: [
            // For probes, and for commands inside the pod.
            "localhost",
            ...services.flatMap((service) => [
              `${service}.${namespace}.svc`,
              `${service}.${namespace}.svc.cluster.local`,
            ]),
          ],
          usages: ["server auth", "client auth"],
          privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
          // The chart reads it when a pod starts. It is valid long enough for a node upgrade to restart the pod first.
          duration: "8760h",
          renewBefore: "2160h",
        },
      },
      this.child({ provider }),
    );
  }
}

function policies({ clientNamespaces }: OnpremCacheSpec) {
  return {
    within: {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }], ports: valkey }],
      egress: [{ to: [{ podSelector: {} }], ports: valkey }],
    },
    ...(clientNamespaces.length === 0
      ? {}
      : {
          clients: {
            podSelector: {},
            policyTypes: ["Ingress"],
            ingress: [{ from: [podsOf(clientNamespaces)], ports: valkey }],
          },
        }),
  };
}
