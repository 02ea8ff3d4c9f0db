import { z } from "zod";
import { accountText, defaultZones, refineZones, regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { blockBetween, key } from "./base-schema.ts";
import { awsEgress, domainName } from "./egress-schema.ts";

/** Interface endpoints that a private EKS cluster needs, then those that it may use. */
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

/** Detectors of DNS Firewall Advanced: names made by an algorithm, data hidden in queries, names made of dictionary words. */
const dnsThreats = ["DGA", "DNS_TUNNELING", "DICTIONARY_DGA"] as const;

/** The part of an AWS network that a cell's manifest writes below `network:`. */
export const awsSettings = {
  /**
   * One NAT gateway in each zone, or one for all: cheaper, but its zone's failure cuts off every zone.
   * @default "per-zone"
   */
  natGateways: z.enum(["per-zone", "single"]).default("per-zone"),
  flowLogs: z
    .strictObject({
      /** Days that flow logs are kept. @default 365, what PCI DSS 10.5.1 asks for */
      retentionDays: z.literal(logRetentions).default(365),
    })
    .prefault({}),
  /**
   * AWS services that are reached inside the network. Each costs an hourly fee per zone.
   * @default what a private EKS cluster needs
   */
  interfaceEndpoints: z
    .array(z.enum(interfaceServices))
    .default(interfaceServices.slice(0, interfaceServices.indexOf("sqs"))),
  /** AWS organisation (`o-...`) whose principals and resources the endpoints let through. @default this account alone */
  organization: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, { error: 'must be an organisation id such as "o-a1b2c3d4e5"' })
    .optional(),
  dnsFirewall: z
    .strictObject({
      /**
       * What happens to queries while the firewall cannot answer: `closed` refuses them, `open` lets them through.
       * @default "closed"
       */
      failure: z.enum(["closed", "open"]).default("closed"),
      /** Detectors that block what they are sure of. @default ["DGA", "DNS_TUNNELING"] */
      threats: z.array(z.enum(dnsThreats)).default(["DGA", "DNS_TUNNELING"]),
      /** Domains that are never resolved. @default [] */
      blocked: z.array(domainName).default([]),
      /** Lists that AWS keeps, by a name of yours: ids (`rslvr-fdl-...`) differ by region. @default {} */
      managedLists: z
        .record(
          key,
          z.string().regex(/^rslvr-fdl-[0-9a-f]+$/, { error: "must be the id of a domain list" }),
        )
        .default({}),
    })
    .prefault({}),
  /** Where workloads may go outside the cell. */
  egress: awsEgress,
  /**
   * Whether the account refuses connections from the internet into every network of the region. It is a setting of the whole
   * account: nothing in the region can face the internet any more, load balancers included.
   * @default false
   */
  blockPublicIngress: z.boolean().default(false),
};

/** A network on AWS with its place: what the component takes as `spec`. */
export const awsNetworkSchema = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: regionText("aws"),
    /** In the order of their places in the plan: append new ones, never reorder. @default the first three of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
    /** VPCs take blocks up to /16; below /21 the public subnets are too small for load balancers. */
    cidr: blockBetween(16, 21),
    /** The cluster that finds its subnets by tag. */
    clusterName: z.string().min(1).max(100),
    /** Domains of the environment's own, whose names are always resolved. @default [] */
    privateDomains: z.array(z.string()).default([]),
    ...awsSettings,
  })
  .superRefine((spec, context) => refineZones("aws", spec, context))
  .transform((spec) => ({ ...spec, zones: spec.zones ?? defaultZones("aws", spec.region) }));

export type AwsNetworkInput = z.input<typeof awsNetworkSchema>;
export type AwsNetworkSpec = z.output<typeof awsNetworkSchema>;
