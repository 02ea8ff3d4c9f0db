import type { AwsNetworkSpec } from "./aws-schema.ts";

/** One rule of the DNS firewall; the first that matches decides. */
export interface DnsRule {
  /** Stable for ever: it is part of the names of resources. */
  readonly key: string;
  readonly priority: number;
  readonly action: "ALLOW" | "BLOCK";
  readonly match:
    | { readonly by: "domains"; readonly domains: readonly string[] }
    | { readonly by: "list"; readonly id: string }
    | { readonly by: "threat"; readonly threat: Threat };
}

type Settings = AwsNetworkSpec["dnsFirewall"];
type Threat = Settings["threats"][number];

/**
 * Names without which nodes find neither their control plane nor the services of AWS. The last two are where public.ecr.aws sends
 * whoever pulls from it, Karpenter's image for one: documentation of EKS Anywhere, list of domains.
 */
const alwaysAllowed = [
  "*.amazonaws.com",
  "*.aws",
  "*.aws.dev",
  "*.compute.internal",
  "*.ec2.internal",
  "d2glxqk2uabbnd.cloudfront.net",
  "d5l0dvt14r5h8.cloudfront.net",
];

const threatPlace: Readonly<Record<Threat, number>> = {
  DGA: 0,
  DNS_TUNNELING: 1,
  DICTIONARY_DGA: 2,
};

/**
 * The rules in their order: what is blocked by name, what AWS's lists and detectors know, and in allow-list mode what is
 * allowed and then a wall. Blocks come first: an allowed domain that turns up on a list of malware is still blocked. Only
 * before detectors, which guess by the look of a name, do names of AWS pass: an EKS endpoint is 32 random digits.
 * Each kind has its own range of priorities, so that a rule more does not renumber the others of another kind.
 */
export function dnsRules({ blocked, managedLists, threats, allowedOnly }: Settings): DnsRule[] {
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
    ...(detectors.length > 0 || allowedOnly
      ? [domains("aws-names", 2900, "ALLOW", alwaysAllowed)]
      : []),
    ...detectors,
    ...(allowedOnly
      ? [domains("allowed", 4000, "ALLOW", allowedOnly), domains("wall", 9000, "BLOCK", ["*"])]
      : []),
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
