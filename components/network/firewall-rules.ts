import type { EgressRule } from "./base-schema.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import type { GcpNetworkPlan } from "./plan.ts";

/** One firewall rule of a VPC. */
export interface FirewallRule {
  /** Must not change: it is part of names. */
  readonly key: string;
  readonly why: string;
  readonly direction: "INGRESS" | "EGRESS";
  readonly action: "allow" | "deny";
  /** Sources of ingress, destinations of egress. */
  readonly cidrs: readonly string[];
  /** @default all protocols and ports */
  readonly protocol?: EgressRule["protocol"];
  readonly ports?: readonly number[];
  readonly priority: number;
  /** Whether connections are logged: denials and egress from the cell. Flow logs have the rest. */
  readonly logged: boolean;
}

const priorities = { allow: 1000, deny: 65534 } as const;
const anywhere = ["0.0.0.0/0"];

/** Source ranges of health checks. Source: Cloud Load Balancing documentation, "Probe IP ranges and firewall rules". */
const healthChecks = ["35.191.0.0/16", "130.211.0.0/22"];

/** private.googleapis.com and restricted.googleapis.com: "Configure Private Google Access" of the VPC documentation. */
const googleApis = { "all-apis": "199.36.153.8/30", "vpc-sc": "199.36.153.4/30" } as const;

/**
 * All allow rules, then two rules that deny the rest. The control plane's private endpoint has an address in the nodes' range. DNS
 * and time come from the metadata server, which firewall rules do not affect.
 */
export function firewallRules(plan: GcpNetworkPlan, spec: GcpNetworkSpec): FirewallRule[] {
  const inside = [plan.nodes, plan.pods, plan.proxies];
  const allow = { action: "allow", priority: priorities.allow } as const;
  const deny = {
    action: "deny",
    priority: priorities.deny,
    cidrs: anywhere,
    logged: true,
  } as const;
  return [
    {
      key: "ingress-inside",
      why: "Nodes, pods and load balancer proxies among themselves",
      direction: "INGRESS",
      cidrs: inside,
      logged: false,
      ...allow,
    },
    {
      key: "ingress-health-checks",
      why: "Health checks of Google's load balancers",
      direction: "INGRESS",
      cidrs: healthChecks,
      protocol: "tcp",
      logged: false,
      ...allow,
    },
    {
      key: "egress-inside",
      why: "Nodes, pods, the control plane's endpoint and load balancer proxies",
      direction: "EGRESS",
      cidrs: inside,
      logged: false,
      ...allow,
    },
    {
      key: "egress-google-apis",
      why: "Google's APIs by their private addresses",
      direction: "EGRESS",
      cidrs: [plan.endpoints, googleApis[spec.googleApis]],
      protocol: "tcp",
      ports: [443],
      logged: false,
      ...allow,
    },
    ...Object.entries(spec.egress.to).map(
      ([name, { cidrs, protocol, ports }]): FirewallRule => ({
        key: `egress-to-${name}`,
        why: `Asked for by the manifest: network.egress.to.${name}`,
        direction: "EGRESS",
        cidrs,
        protocol,
        ports,
        logged: true,
        ...allow,
      }),
    ),
    { key: "ingress-deny", why: "Nothing else comes in", direction: "INGRESS", ...deny },
    { key: "egress-deny", why: "Nothing else goes out", direction: "EGRESS", ...deny },
  ];
}
