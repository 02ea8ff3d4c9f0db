import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { TierPriority } from "../tenancy/tier-schema.ts";
import { type Admission, tenantPods, tierObjects } from "./admission.ts";
import { createAdmission } from "./admission-policy.ts";
import { tierObject } from "./names.ts";
import { podPriority, requestShares } from "./priorities.ts";
import type { NamespacesTier } from "./schema.ts";

/** What the cluster needs to know of a tier. */
export interface ClusterTier {
  readonly priority: TierPriority;
  readonly namespaces: NamespacesTier;
}

export interface TenantTiersArgs extends ComponentArgs {
  /** Tiers by name. */
  readonly tiers: Readonly<Record<string, ClusterTier>>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * What a cluster has once for all of its tenants: a priority class and a priority level of the API server for each tier, and admission
 * policies that bind a tenant's pods, autoscalers and volumes to its tier.
 */
export class TenantTiers extends BlueprintComponent {
  constructor(name: string, args: TenantTiersArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(
      "tenant-namespaces",
      "TenantTiers",
      name,
      args,
      { tiers: Object.keys(args.tiers) },
      {
        ...opts,
        providers: { ...opts.providers, kubernetes: args.cluster.provider },
      },
    );
    this.#admission("pods", "atoll-tenant-pods", tenantPods);
    for (const [tier, { priority, namespaces }] of Object.entries(args.tiers)) {
      this.#priority(tier, priority);
      for (const [key, admission] of Object.entries(tierObjects(tier, namespaces)))
        this.#admission(`${tier}-${key}`, `${tierObject(tier)}-${key}`, admission);
    }
    this.registerOutputs({});
  }

  #priority(tier: string, priority: TierPriority): void {
    new kubernetes.scheduling.v1.PriorityClass(
      this.named(tier),
      {
        metadata: { name: tierObject(tier) },
        value: podPriority[priority],
        globalDefault: false,
        // A tenant waits for capacity instead of taking it from another one.
        preemptionPolicy: priority === "high" ? "PreemptLowerPriority" : "Never",
        description: `Pods of tenants of tier ${tier}.`,
      },
      this.child(),
    );
    new kubernetes.flowcontrol.v1.PriorityLevelConfiguration(
      this.named(`${tier}-requests`),
      {
        metadata: { name: tierObject(tier) },
        spec: {
          type: "Limited",
          limited: {
            nominalConcurrencyShares: requestShares[priority],
            // Unused shares serve others, and others' unused shares serve it.
            lendablePercent: 50,
            limitResponse: {
              type: "Queue",
              // Shuffle sharding: with 64 queues and hands of 6, a busy tenant slows few others.
              queuing: { queues: 64, handSize: 6, queueLengthLimit: 50 },
            },
          },
        },
      },
      this.child(),
    );
  }

  #admission(key: string, policyName: string, admission: Admission): void {
    const children = { named: (own: string) => this.named(own), child: () => this.child() };
    createAdmission(children, key, policyName, admission);
  }
}
