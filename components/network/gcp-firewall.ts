import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { type FirewallRule, firewallRules } from "./firewall-rules.ts";
import type { GcpNetworkPart } from "./gcp-part.ts";

/** Firewall rules that deny by default; see firewall-rules.ts. GKE adds its own allow rules between nodes and control plane. */
export class GcpFirewall extends BlueprintComponent {
  constructor(name: string, args: GcpNetworkPart, opts: pulumi.ComponentResourceOptions) {
    super("network", "GcpFirewall", name, args, {}, opts);
    for (const rule of firewallRules(args.plan, args.spec)) this.#rule(args, rule);
    this.registerOutputs({});
  }

  #rule({ spec, network, ownership }: GcpNetworkPart, rule: FirewallRule): void {
    const traffic = {
      protocol: rule.protocol ?? "all",
      ...(rule.ports ? { ports: rule.ports.map(String) } : {}),
    };
    new gcp.compute.Firewall(
      this.named(rule.key),
      {
        project: spec.project,
        name: nameIn(ownership, "gcp-compute", rule.key),
        description: rule.why,
        network: network.id,
        direction: rule.direction,
        priority: rule.priority,
        ...(rule.direction === "INGRESS"
          ? { sourceRanges: [...rule.cidrs] }
          : { destinationRanges: [...rule.cidrs] }),
        ...(rule.action === "allow" ? { allows: [traffic] } : { denies: [traffic] }),
        ...(rule.logged ? { logConfig: { metadata: "INCLUDE_ALL_METADATA" } } : {}),
      },
      this.child(),
    );
  }
}
