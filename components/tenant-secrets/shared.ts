import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { createAdmission } from "../tenant-namespaces/admission-policy.ts";
import { tenantExternalSecrets } from "./admission.ts";

export interface TenantSecretsPolicyArgs extends ComponentArgs {
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/** What a cluster has once for the secrets of all of its tenants: a policy for their ExternalSecrets. */
export class TenantSecretsPolicy extends BlueprintComponent {
  constructor(
    name: string,
    args: TenantSecretsPolicyArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    super(
      "tenant-secrets",
      "TenantSecretsPolicy",
      name,
      args,
      {},
      { ...opts, providers: { ...opts.providers, kubernetes: args.cluster.provider } },
    );
    const children = { named: (key: string) => this.named(key), child: () => this.child() };
    createAdmission(
      children,
      "external-secrets",
      "atoll-tenant-external-secrets",
      tenantExternalSecrets,
    );
    this.registerOutputs({});
  }
}
