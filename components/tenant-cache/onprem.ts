import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { OnpremCache } from "../cache/onprem.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { SecretDelivery } from "../secrets/delivery.ts";
import { storeLabel } from "../secrets/external-secrets.ts";
import { tenantObject } from "../tenant-namespaces/names.ts";
import { keyPrefix } from "./access.ts";
import type { TenantCache } from "./contract.ts";
import { deliveredSecret, passwordsPath, passwordsSecret, passwordUsers } from "./names.ts";
import { type OnpremTenantCacheSpec, onpremTenantCacheSpec } from "./schema.ts";

export interface OnpremTenantCacheArgs extends ComponentArgs {
  /** What the tier and the tenant say about its cache; see schema.ts. */
  readonly spec: z.input<typeof onpremTenantCacheSpec>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * A cache of a tenant's own on-premises, in a namespace that the tenant has no permissions in. External Secrets reads the passwords from
 * the vault, and delivers the one of `app` to the tenant's namespaces.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremTenantCache extends BlueprintComponent implements TenantCache {
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  readonly clustered = false;
  readonly prefix: string;
  readonly services: readonly string[];
  readonly user: pulumi.Output<string>;
  readonly secret: pulumi.Output<string>;

  constructor(name: string, args: OnpremTenantCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremTenantCacheSpec, args.spec, name);
    super("tenant-cache", "OnpremTenantCache", name, args, { spec }, opts);
    const { ownership, cluster } = args;
    const cache = new OnpremCache(
      this.named("valkey"),
      {
        ownership,
        retain: this.retain,
        spec: spec.cache,
        cluster,
        namespaceLabels: { [storeLabel]: spec.store },
      },
      { parent: this },
    );
    this.#passwords(spec, cache.namespace, cluster.provider);
    const { secretNames } = new SecretDelivery(
      this.named("password"),
      {
        ownership,
        retain: this.retain,
        noun: "tenant-cache",
        reader: `${tenantObject(spec.tenant)}-cache`,
        from: cache.namespace,
        to: spec.namespaces,
        secrets: {
          [deliveredSecret]: {
            password: { secret: passwordsSecret, key: "app" },
            "ca.crt": { secret: cache.certificateSecret, key: "ca.crt" },
          },
        },
        cluster,
      },
      { parent: this },
    );
    this.endpoint = cache.endpoint;
    this.port = cache.port;
    this.prefix = keyPrefix(spec.tenant);
    this.services = spec.services;
    this.user = cache.endpoint.apply(() => "app");
    this.secret = secretNames[deliveredSecret] as pulumi.Output<string>;
    this.registerOutputs({ endpoint: this.endpoint, secret: this.secret });
  }

  /** The pods of the cache start once the secret exists. */
  #passwords(
    { tenant, store }: OnpremTenantCacheSpec,
    namespace: pulumi.Output<string>,
    provider: kubernetes.Provider,
  ): void {
    new kubernetes.apiextensions.CustomResource(
      this.named("passwords"),
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: passwordsSecret, namespace },
        spec: {
          refreshInterval: "1h0m0s",
          secretStoreRef: { kind: "ClusterSecretStore", name: store },
          target: { name: passwordsSecret, creationPolicy: "Owner" },
          data: passwordUsers.map((user) => ({
            secretKey: user,
            remoteRef: { key: passwordsPath(tenant), property: user },
          })),
        },
      },
      this.child({ provider }),
    );
  }
}
