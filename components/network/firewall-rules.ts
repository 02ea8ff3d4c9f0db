import type { EgressRule } from "./base-schema.ts";
import type { GcpNetworkSpec } from "./gcp-schema.ts";
import type { GcpNetworkPlan } from "./plan.ts";

/** One firewall rule of a VPC. */
export interface FirewallRule {
  /** Stable for ever: it is part of names. */
  readonly key: string;
  readonly why: string;
  readonly direction: "INGRESS" | "EGRESS";
  readonly action: "allow" | "deny";
  /** Sources of what comes in, destinations of what goes out. */
  readonly cidrs: readonly string[];
  /** Left out, all protocols and ports. */
  readonly protocol?: EgressRule["protocol"];
  readonly ports?: readonly number[];
  readonly priority: number;
  /** Whether each connection is logged: denials and what leaves the cell; the rest is in the flow logs. */
  readonly logged: boolean;
}

const priorities = { allow: 1000, deny: 65534 } as const;
const anywhere = ["0.0.0.0/0"];

/** Where Google's health checks come from: "Probe IP ranges and firewall rules" of the Cloud Load Balancing documentation. */
const healthChecks = ["35.191.0.0/16", "130.211.0.0/22"];

/** private.googleapis.com and restricted.googleapis.com: "Configure Private Google Access" of the VPC documentation. */
const googleApis = { "all-apis": "199.36.153.8/30", "vpc-sc": "199.36.153.4/30" } as const;

/**
 * Everything that may happen, and then two rules that deny the rest. The control plane's private endpoint has an address in the
 * nodes' range. Names and time come from the metadata server, which no rule can shut off.
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
