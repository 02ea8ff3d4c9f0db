import { z } from "zod";
import { accountText, defaultZones, refineZones, regionText, zonesOf } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { countLimits } from "../core/service-limits.ts";
import { blockBetween, key } from "./base-schema.ts";
import { awsEgress, domainName } from "./egress-schema.ts";
import { type Places, placesOfABlock, sorted } from "./places.ts";

/** Interface endpoints that a private EKS cluster needs, then optional ones. */
export const interfaceServices = [
  "ecr.api",
  "ecr.dkr",
  "sts",
  "ec2",
  "logs",
  "kms",
  "secretsmanager",
  "eks",
  "eks-auth",
  "sqs",
  "autoscaling",
  "ssm",
  "elasticloadbalancing",
] as const;
export type InterfaceService = (typeof interfaceServices)[number];

/** Detectors of DNS Firewall Advanced: domain generation algorithms, DNS tunneling, dictionary-based algorithms. */
const dnsThreats = ["DGA", "DNS_TUNNELING", "DICTIONARY_DGA"] as const;

/** Rules of a rule group, without those for other domains and for each detector; see dns-rules.ts. */
const mostManagedLists = countLimits.rulesPerDnsRuleGroup - 4 - dnsThreats.length;

const mostBlocked = countLimits.domainsPerDnsRequest;

/** `network` in the manifest of an AWS cell. */
export const awsSettings = {
  /**
   * The place of a zone in the cell's block, 0 to 3, by the zone's name. Needed only where a message asks for it: deployed zones keep
   * their places. @default the zone's position among the zones of its region
   */
  places: z
    .record(
      z.string(),
      z
        .int()
        .min(0)
        .max(placesOfABlock - 1),
    )
    .default({}),
  /**
   * One NAT gateway per zone, or one for all zones: cheaper, but a failure of its zone affects all zones.
   * @default "per-zone"
   */
  natGateways: z.enum(["per-zone", "single"]).default("per-zone"),
  flowLogs: z
    .strictObject({
      /** Retention of flow logs in days. @default 365, as PCI DSS 10.5.1 requires */
      retentionDays: z.literal(logRetentions).default(365),
    })
    .prefault({}),
  /**
   * AWS services with an interface endpoint. Each has an hourly fee per zone.
   * @default the services that a private EKS cluster needs
   */
  interfaceEndpoints: z
    .array(z.enum(interfaceServices))
    .default(interfaceServices.slice(0, interfaceServices.indexOf("sqs"))),
  /** AWS organisation (`o-...`) whose principals and resources the endpoints allow. @default only this account */
  organization: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, { error: 'must be an organisation id such as "o-a1b2c3d4e5"' })
    .optional(),
  dnsFirewall: z
    .strictObject({
      /**
       * Queries while the firewall is not available: `closed` blocks them, `open` allows them.
       * @default "closed"
       */
      failure: z.enum(["closed", "open"]).default("closed"),
      /** Detectors that block with high confidence. @default ["DGA", "DNS_TUNNELING"] */
      threats: z.array(z.enum(dnsThreats)).default(["DGA", "DNS_TUNNELING"]),
      /** Domains that are never resolved. @default [] */
      blocked: z.array(domainName).max(mostBlocked).default([]),
      /** AWS managed domain lists by a name of your choice. Ids (`rslvr-fdl-...`) differ by region. @default {} */
      managedLists: z
        .record(
          key,
          z.string().regex(/^rslvr-fdl-[0-9a-f]+$/, { error: "must be the id of a domain list" }),
        )
        .refine((lists) => Object.keys(lists).length <= mostManagedLists, {
          error: `must have at most ${mostManagedLists} entries, for which a rule group has rules`,
        })
        .default({}),
    })
    .prefault({}),
  /** Egress of workloads outside the cell. */
  egress: awsEgress,
  /**
   * VPC Block Public Access: whether the account blocks connections from the internet to all VPCs of the region. It is an account
   * setting: no resource in the region can be internet-facing, including load balancers.
   * @default false
   */
  blockPublicIngress: z.boolean().default(false),
};

/** The settings with the facts of the cell: the component's `spec`. */
export const awsNetworkSchema = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: regionText("aws"),
    /** Zones in any order; docs/zones.md says which changes are possible. @default the first three of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
    /** A VPC block is at most a /16. Below /21 the public subnets are too small for load balancers. */
    cidr: blockBetween(16, 21),
    /** The cluster, which selects its subnets by tag. */
    clusterName: z.string().min(1).max(100),
    /** Private domains of the environment, whose names are always resolved. @default [] */
    privateDomains: z.array(z.string()).default([]),
    ...awsSettings,
  })
  .superRefine((spec, context) => {
    refineZones("aws", spec, context);
    refinePlaces(spec, context);
  })
  .transform((spec) => ({
    ...spec,
    zones: sorted(spec.zones ?? defaultZones("aws", spec.region)),
  }));

function refinePlaces(
  { region, places }: { readonly region: string; readonly places: Places },
  context: z.RefinementCtx,
): void {
  const known = zonesOf("aws", region);
  const entries = Object.entries(places);
  for (const [index, [zone, place]] of entries.entries()) {
    const issue = { code: "custom" as const, path: ["places", zone], input: place };
    const other = entries.slice(0, index).find(([, taken]) => taken === place);
    if (known.length > 0 && !known.includes(zone)) {
      context.addIssue({
        ...issue,
        message: `must be for a zone of ${region}: ${known.join(", ")}`,
      });
    } else if (other) {
      context.addIssue({ ...issue, message: `must not be the place of ${other[0]}` });
    }
  }
}

export type AwsNetworkInput = z.input<typeof awsNetworkSchema>;
export type AwsNetworkSpec = z.output<typeof awsNetworkSchema>;
