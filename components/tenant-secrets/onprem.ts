import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { vaultProvider } from "../secrets/onprem.ts";
import type { TenantSecrets } from "./contract.ts";
import { type OnpremTenantSecretsInput, onpremTenantSecretsSpec } from "./schema.ts";
import { TenantStore } from "./store.ts";

export interface OnpremTenantSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremTenantSecretsInput;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The store through which an on-premises tenant reads its secrets, with its own role of the vault. The policy of the role, which limits
 * it to the tenant's path, is the site's.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremTenantSecrets extends BlueprintComponent implements TenantSecrets {
  readonly secretNames: TenantSecrets["secretNames"] = {};
  readonly store: TenantSecrets["store"];

  constructor(name: string, args: OnpremTenantSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremTenantSecretsSpec, args.spec, name);
    super("tenant-secrets", "OnpremTenantSecrets", name, args, { spec }, opts);
    const { store, namespaces, reader, vault } = spec;
    this.store = new TenantStore(
      this.named("store"),
      {
        ownership: args.ownership,
        retain: this.retain,
        store,
        namespaces,
        reader,
        cluster: args.cluster,
        reads: { vault: vaultProvider(vault, reader) },
      },
      this.child(),
    ).store;
    this.registerOutputs({ store: this.store });
  }
}
