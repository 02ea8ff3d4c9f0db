import { widerThanPrivate } from "../addresses.ts";
import type { Control } from "../control.ts";
import { anyFact, everyFact, firstOf, isGiven } from "../known-values.ts";
import type { Report } from "../report.ts";

const adminPorts = [22, 3389];

/** Subnetworks with these purposes have no VMs and do not support flow logs. */
const withoutFlowLogs = [
  "REGIONAL_MANAGED_PROXY",
  "GLOBAL_MANAGED_PROXY",
  "INTERNAL_HTTPS_LOAD_BALANCER",
  "PRIVATE_SERVICE_CONNECT",
  "PRIVATE_NAT",
];

export const gcpNetworkControls: readonly Control[] = [
  {
    id: "NET1",
    policy: "net1-disallow-open-admin-ports",
    title: "Firewall rules do not let the internet reach SSH or RDP",
    severity: "critical",
    remedy:
      "set the source to 35.235.240.0/20, which Identity-Aware Proxy forwards from, or to the CIDR blocks that need access",
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(e)(1)"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-gcp": ["3.6", "3.7"],
    },
    repeated: true,
    resources: {
      "gcp:compute/firewall:Firewall": (rule, report) => {
        const inward = () => (rule.direction ?? "INGRESS") === "INGRESS";
        const open = () =>
          isEmpty(rule.sourceRanges)
            ? isEmpty(rule.sourceTags) && isEmpty(rule.sourceServiceAccounts)
            : firstOf(rule.sourceRanges, widerThanPrivate) !== undefined;
        report.each("allows", rule.allows, ({ protocol, ports }, path) => {
          const admin = () => reaches(protocol, ports);
          if (everyFact(inward, () => rule.disabled !== true, admin, open)) {
            report.wrong(path, { protocol, ports, sourceRanges: rule.sourceRanges }, reason);
          }
        });
      },
      "gcp:compute/firewallPolicyRule:FirewallPolicyRule": (rule, report) =>
        policyRule(rule, report),
      "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": (rule, report) =>
        policyRule(rule, report),
      "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": (
        rule,
        report,
      ) => policyRule(rule, report),
    },
  },
  {
    id: "NET2",
    policy: "net2-enable-flow-logs",
    title: "Every subnetwork has flow logs",
    severity: "medium",
    remedy: "set logConfig with a flowSampling above 0",
    requirements: {
      soc2: ["CC7.2"],
      "pci-dss-4": ["10.2.1"],
      hipaa: ["164.312(b)"],
      gdpr: ["25", "30"],
      sox: ["ITGC-operations"],
      "cis-gcp": ["3.10"],
    },
    resources: {
      "gcp:compute/subnetwork:Subnetwork": ({ purpose, logConfig }, report) => {
        if (withoutFlowLogs.includes(purpose ?? "PRIVATE")) return;
        if (!logConfig) report.lacking("logConfig", "is not set, and flow logs are off by default");
        else if (logConfig.flowSampling === 0) {
          report.wrong("logConfig.flowSampling", 0, "no flows are logged");
        }
      },
    },
  },
];

const reason = "the internet reaches SSH or RDP";

/** The other source properties of a firewall policy's rule; without any, the rule applies to all sources. */
const otherSources = [
  "srcAddressGroups",
  "srcFqdns",
  "srcRegionCodes",
  "srcSecureTags",
  "srcThreatIntelligences",
  "srcNetworks",
] as const;

type OtherSources = {
  readonly [S in (typeof otherSources)[number]]?: readonly unknown[] | undefined;
};

interface PolicyRule {
  readonly action: string;
  readonly direction: string;
  readonly disabled?: boolean | undefined;
  readonly match: OtherSources & {
    readonly srcIpRanges?: readonly string[] | undefined;
    readonly layer4Configs: readonly {
      readonly ipProtocol: string;
      readonly ports?: readonly string[] | undefined;
    }[];
  };
}

function policyRule(rule: PolicyRule, report: Report): void {
  const { match } = rule;
  const open = () =>
    isEmpty(match.srcIpRanges)
      ? !otherSources.some((source) => isGiven<OtherSources>(match, source))
      : firstOf(match.srcIpRanges, widerThanPrivate) !== undefined;
  report.each("match.layer4Configs", match.layer4Configs, ({ ipProtocol, ports }, path) => {
    const admin = () => reaches(ipProtocol, ports);
    const inward = () => rule.direction === "INGRESS";
    if (
      everyFact(
        inward,
        () => rule.action === "allow",
        () => rule.disabled !== true,
        admin,
        open,
      )
    ) {
      report.wrong(path, { ipProtocol, ports, srcIpRanges: match.srcIpRanges }, reason);
    }
  });
}

/** Whether a protocol and its ports, single or as ranges, include SSH or RDP; no ports means all. */
function reaches(protocol: string, ports: readonly string[] | undefined): boolean {
  return everyFact(
    () => ["all", "tcp", "udp", "6", "17"].includes(protocol.toLowerCase()),
    () =>
      anyFact(
        () => protocol.toLowerCase() === "all",
        () => isEmpty(ports),
        () =>
          firstOf(ports, (range) => {
            const [from, to = from] = range.split("-").map(Number);
            return adminPorts.some((port) => port >= (from ?? 0) && port <= (to ?? 0));
          }) !== undefined,
      ),
  );
}

function isEmpty(list: readonly unknown[] | undefined): boolean {
  return (list?.length ?? 0) === 0;
}
