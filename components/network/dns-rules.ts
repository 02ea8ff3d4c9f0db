import type { AwsNetworkSpec } from "./aws-schema.ts";
import { awsNames, platformNames, withRedirects } from "./registries.ts";

/** One rule of the DNS firewall; the first that matches decides. */
export interface DnsRule {
  /** Must not change: it is part of resource names. */
  readonly key: string;
  readonly priority: number;
  readonly action: "ALLOW" | "BLOCK";
  readonly match:
    | { readonly by: "domains"; readonly domains: readonly string[] }
    | { readonly by: "list"; readonly id: string }
    | { readonly by: "threat"; readonly threat: Threat };
}

type Settings = Pick<AwsNetworkSpec, "dnsFirewall" | "egress" | "privateDomains">;
type Threat = AwsNetworkSpec["dnsFirewall"]["threats"][number];

const threatPlace: Readonly<Record<Threat, number>> = {
  DGA: 0,
  DNS_TUNNELING: 1,
  DICTIONARY_DGA: 2,
};

/**
 * The rules in order: blocked names, AWS managed lists, detectors, and with `unlisted: blocked` the allowed names and a rule that
 * blocks everything else. Block rules come first: an allowed domain on a malware list is still blocked. Names of the platform are
 * allowed before the detectors, because these judge by the form of a name, and an EKS endpoint is 32 random digits. Each kind has its
 * own range of priorities, so that an additional rule does not renumber those of another kind.
 */
export function dnsRules({ dnsFirewall, egress, privateDomains }: Settings): DnsRule[] {
  const { blocked, managedLists, threats } = dnsFirewall;
  const walled = egress.unlisted === "blocked";
  const own = privateDomains.flatMap((name) => [name, `*.${name}`]);
  const lists = Object.entries(managedLists)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, id], i): DnsRule => ({
        key: `managed-${name}`,
        priority: 2000 + i,
        action: "BLOCK",
        match: { by: "list", id },
      }),
    );
  const detectors = threats.map(
    (threat): DnsRule => ({
      key: `threat-${threat.toLowerCase().replaceAll("_", "-")}`,
      priority: 3000 + threatPlace[threat],
      action: "BLOCK",
      match: { by: "threat", threat },
    }),
  );
  return [
    ...(blocked.length > 0 ? [domains("blocked", 1000, "BLOCK", blocked)] : []),
    ...lists,
    ...(detectors.length > 0 || walled
      ? [domains("platform-names", 2900, "ALLOW", [...awsNames, ...platformNames("aws"), ...own])]
      : []),
    ...detectors,
    ...(walled && egress.allow.length > 0
      ? [domains("allowed", 4000, "ALLOW", withRedirects(egress.allow, "aws"))]
      : []),
    ...(walled ? [domains("wall", 9000, "BLOCK", ["*"])] : []),
  ];
}

function domains(
  key: string,
  priority: number,
  action: DnsRule["action"],
  names: readonly string[],
): DnsRule {
  return { key, priority, action, match: { by: "domains", domains: [...new Set(names)] } };
}
