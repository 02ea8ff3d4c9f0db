import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { createAdmission } from "../tenant-namespaces/admission-policy.ts";
import { tierObject } from "../tenant-namespaces/names.ts";
import { onOwnNodes } from "./admission.ts";

export interface TenantNodesPolicyArgs extends ComponentArgs {
  /** The tiers whose tenants have nodes of their own. */
  readonly tiers: readonly string[];
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/** What a cluster has once for tenants with nodes of their own: policies that keep their pods there. */
export class TenantNodesPolicy extends BlueprintComponent {
  constructor(
    name: string,
    args: TenantNodesPolicyArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const { tiers, cluster } = args;
    super(
      "tenant-nodes",
      "TenantNodesPolicy",
      name,
      args,
      { tiers },
      { ...opts, providers: { ...opts.providers, kubernetes: cluster.provider } },
    );
    const children = { named: (key: string) => this.named(key), child: () => this.child() };
    for (const tier of tiers)
      createAdmission(children, tier, `${tierObject(tier)}-nodes`, onOwnNodes(tier));
    this.registerOutputs({});
  }
}
