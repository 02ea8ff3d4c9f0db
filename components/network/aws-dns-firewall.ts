import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsNetworkPart } from "./aws-part.ts";
import { type DnsRule, dnsRules } from "./dns-rules.ts";

/**
 * Priority of the association in the VPC. Firewall Manager reserves priorities up to 100 and from 9900 for its first and last rule
 * groups.
 */
const associationPriority = 200;

/** Route 53 Resolver DNS Firewall of the VPC, against command-and-control traffic and data exfiltration over DNS. */
export class AwsDnsFirewall extends BlueprintComponent {
  constructor(name: string, args: AwsNetworkPart, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsDnsFirewall", name, args, {}, opts);
    const { ownership, spec, vpcId } = args;
    const group = new aws.route53.ResolverFirewallRuleGroup(
      this.named(),
      { name: nameIn(ownership, "resolver-firewall", "dns") },
      this.child(),
    );
    for (const rule of dnsRules(spec)) this.#rule(args, group, rule);
    new aws.route53.ResolverFirewallRuleGroupAssociation(
      this.named("association"),
      {
        name: nameIn(ownership, "resolver-firewall", "dns"),
        firewallRuleGroupId: group.id,
        vpcId,
        priority: associationPriority,
        mutationProtection: this.retain ? "ENABLED" : "DISABLED",
      },
      this.child(),
    );
    new aws.route53.ResolverFirewallConfig(
      this.named("config"),
      {
        resourceId: vpcId,
        firewallFailOpen: spec.dnsFirewall.failure === "open" ? "ENABLED" : "DISABLED",
      },
      this.child(),
    );
    this.registerOutputs({ ruleGroupId: group.id });
  }

  #rule(
    { ownership }: AwsNetworkPart,
    group: aws.route53.ResolverFirewallRuleGroup,
    rule: DnsRule,
  ): void {
    const action =
      rule.action === "BLOCK"
        ? { action: rule.action, blockResponse: "NXDOMAIN" }
        : { action: rule.action };
    new aws.route53.ResolverFirewallRule(
      this.named(rule.key),
      {
        name: rule.key,
        firewallRuleGroupId: group.id,
        priority: rule.priority,
        ...action,
        ...match(this, ownership),
      },
      this.child(),
    );

    function match(
      self: AwsDnsFirewall,
      owner: AwsNetworkPart["ownership"],
    ): Partial<aws.route53.ResolverFirewallRuleArgs> {
      switch (rule.match.by) {
        case "threat":
          return { dnsThreatProtection: rule.match.threat, confidenceThreshold: "HIGH" };
        case "list":
          return { firewallDomainListId: rule.match.id };
        case "domains": {
          const list = new aws.route53.ResolverFirewallDomainList(
            self.named(`${rule.key}-domains`),
            {
              name: nameIn(owner, "resolver-firewall", rule.key),
              // Route 53 returns names with a trailing dot: others would show as a difference on every preview.
              domains: rule.match.domains.map((domain) => domain.replace(/\.?$/, ".")),
            },
            self.child(),
          );
          return {
            firewallDomainListId: list.id,
            // An allowed name can be an alias of a name that is not listed. Blocked names are inspected along the whole CNAME chain.
            firewallDomainRedirectionAction:
              rule.action === "ALLOW" ? "TRUST_REDIRECTION_DOMAIN" : "INSPECT_REDIRECTION_DOMAIN",
          };
        }
      }
    }
  }
}
