import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { GcpNetworkPart } from "./gcp-part.ts";
import { platformNames, withRedirects } from "./registries.ts";

/**
 * FQDN rules for names that workloads can reach over HTTPS. Google Cloud resolves them with the network's DNS and allows the resulting
 * addresses. Other traffic falls through to the firewall rules, which deny it.
 */
export class GcpEgressNames extends BlueprintComponent {
  constructor(name: string, args: GcpNetworkPart, opts: pulumi.ComponentResourceOptions) {
    super("network", "GcpEgressNames", name, args, {}, opts);
    const { spec, network, ownership } = args;
    const policy = new gcp.compute.NetworkFirewallPolicy(
      this.named(),
      {
        project: spec.project,
        name: nameIn(ownership, "gcp-compute", "egress-names"),
        description: "Names that workloads may reach outside the cell",
      },
      this.child(),
    );
    const allow = withRedirects(spec.egress.allow, "gcp");
    const rules = [
      this.#rule(args, policy, "platform", 1000, platformNames("gcp")),
      ...(allow.length > 0 ? [this.#rule(args, policy, "allowed", 1100, allow)] : []),
    ];
    new gcp.compute.NetworkFirewallPolicyAssociation(
      this.named("network"),
      {
        project: spec.project,
        name: nameIn(ownership, "gcp-compute", "egress-names"),
        firewallPolicy: policy.name,
        attachmentTarget: network.id,
      },
      this.child({ dependsOn: rules }),
    );
    this.registerOutputs({ policy: policy.name });
  }

  #rule(
    { spec }: GcpNetworkPart,
    policy: gcp.compute.NetworkFirewallPolicy,
    key: string,
    priority: number,
    names: readonly string[],
  ): gcp.compute.NetworkFirewallPolicyRule {
    return new gcp.compute.NetworkFirewallPolicyRule(
      this.named(key),
      {
        project: spec.project,
        firewallPolicy: policy.name,
        ruleName: key,
        description:
          key === "platform"
            ? "Image registries of the platform"
            : "Asked for by the manifest: network.egress.allow",
        priority,
        direction: "EGRESS",
        action: "allow",
        enableLogging: true,
        match: {
          destFqdns: [...new Set(names)].sort(),
          layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }],
        },
      },
      this.child(),
    );
  }
}
