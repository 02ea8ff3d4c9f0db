/** What a network's manifest may say, and every default there is. */
import { z } from "zod";
import { cidrProblem, cidrText, isPrivate, prefixOf, privateCidrText } from "../core/cidr.ts";
import { defaultZones, regionText, zoneProblems } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { onpremProblems } from "./plan.ts";

/** A private block of a size that the cloud's plan works with. */
function blockBetween(largest: number, smallest: number) {
  return privateCidrText.superRefine((cidr, context) => {
    if (cidrProblem(cidr) || !isPrivate(cidr)) return;
    const size = prefixOf(cidr);
    if (size >= largest && size <= smallest) return;
    const cure = size > smallest ? `: the smallest that works is a /${smallest}` : "";
    context.addIssue({
      code: "custom",
      message: `must be a block between /${largest} and /${smallest}${cure}`,
      input: cidr,
    });
  });
}

const key = z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, {
  error: "must be at most 32 lower case letters, digits and hyphens, starting with a letter",
});

/** Where traffic may go: a name, blocks, ports. */
const egressRule = z.strictObject({
  /** IPv4 blocks, `0.0.0.0/0` for anywhere. */
  cidrs: z.array(cidrText).min(1),
  /** @default "tcp" */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  ports: z.array(z.int().min(1).max(65535)).min(1),
});

export type EgressRule = z.output<typeof egressRule>;

const domain = z.string().regex(/^(\*\.)?([a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/, {
  error: 'must be a domain such as "example.com" or "*.example.com"',
});

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
      blocked: z.array(domain).default([]),
      /** Lists that AWS keeps, by a name of yours: ids (`rslvr-fdl-...`) differ by region. @default {} */
      managedLists: z
        .record(
          key,
          z.string().regex(/^rslvr-fdl-[0-9a-f]+$/, { error: "must be the id of a domain list" }),
        )
        .default({}),
      /** Only these are resolved, beside names of AWS. @default every domain that is not blocked */
      allowedOnly: z.array(domain).min(1).optional(),
    })
    .prefault({}),
  /**
   * Whether the account refuses connections from the internet into every network of the region. It is a setting of the whole
   * account: nothing in the region can face the internet any more, load balancers included.
   * @default false
   */
  blockPublicIngress: z.boolean().default(false),
};

/** The part of a GCP network that a cell's manifest writes below `network:`. */
export const gcpSettings = {
  /** Whether routes learned in this region reach other regions of the network. @default "REGIONAL" */
  routing: z.enum(["REGIONAL", "GLOBAL"]).default("REGIONAL"),
  flowLogs: z
    .strictObject({
      /** Share of flows that are logged, above 0 and up to 1. @default 1 */
      sampling: z.number().gt(0).max(1).default(1),
      /** @default "INTERVAL_1_MIN" */
      interval: z
        .enum([
          "INTERVAL_5_SEC",
          "INTERVAL_30_SEC",
          "INTERVAL_1_MIN",
          "INTERVAL_5_MIN",
          "INTERVAL_10_MIN",
          "INTERVAL_15_MIN",
        ])
        .default("INTERVAL_1_MIN"),
    })
    .prefault({}),
  /** Addresses that the internet sees: Google's choice, or as many of your own as you ask for, which can be allow-listed. */
  nat: z
    .strictObject({
      /** @default 0, Google's choice */
      reservedAddresses: z.int().min(0).max(16).default(0),
      /** Ports a machine gets at first and at most, powers of two. @default 64 */
      minPorts: z.literal([32, 64, 128, 256, 512, 1024]).default(64),
      /** @default 4096 */
      maxPorts: z
        .literal([64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536])
        .default(4096),
    })
    .refine(({ minPorts, maxPorts }) => minPorts < maxPorts, {
      error: "must be more than minPorts",
      path: ["maxPorts"],
    })
    .prefault({}),
  /**
   * Which Google APIs are reached inside the network: all, or only those that VPC Service Controls guards.
   * @default "all-apis"
   */
  googleApis: z.enum(["all-apis", "vpc-sc"]).default("all-apis"),
  /** Where workloads may go beside the cell and Google's APIs, by name. @default {}, nowhere */
  egress: z.record(key, egressRule).default({}),
};

/** The part of an on-premises network that a cell's manifest writes below `network:`. */
export const onpremSettings = {
  /** The machines' own block. @default the second quarter of the cell's block */
  nodeCidr: privateCidrText.optional(),
  /** What pods get, as the cluster was set up. @default the second half of the cell's block */
  podCidr: privateCidrText.optional(),
  /** What services get, as the cluster was set up. @default a sixteenth of the cell's block */
  serviceCidr: privateCidrText.optional(),
  /** What services of type LoadBalancer get. @default a sixty-fourth of the cell's block */
  loadBalancerCidr: privateCidrText.optional(),
  /** Where workloads may go outside the cell, by name. @default {}, nowhere */
  egress: z.record(key, egressRule).default({}),
};

const awsPlaced = z
  .strictObject({
    cloud: z.literal("aws"),
    account: z
      .string()
      .regex(/^\d{12}$/, { error: "must be an account id of 12 digits, in quotes" }),
    region: regionText("aws"),
    /** In the order of their places in the plan: append new ones, never reorder. @default the first three of the region */
    zones: z.array(z.string()).min(2).max(4).optional(),
    /** VPCs take blocks up to /16; below /21 the public subnets are too small for load balancers. */
    cidr: blockBetween(16, 21),
    /** The cluster that finds its subnets by tag. */
    clusterName: z.string().min(1).max(100),
    ...awsSettings,
  })
  .superRefine((spec, context) => {
    for (const { index, message } of zoneProblems("aws", spec.region, spec.zones ?? [])) {
      context.addIssue({
        code: "custom",
        message,
        path: ["zones", index],
        input: spec.zones?.[index],
      });
    }
  })
  .transform((spec) => ({ ...spec, zones: spec.zones ?? defaultZones("aws", spec.region) }));

const gcpPlaced = z.strictObject({
  cloud: z.literal("gcp"),
  project: z.string().min(6).max(30),
  region: regionText("gcp"),
  /** From 8 nodes of 110 pods at /20 to 4,096 at /11; see the plan. */
  cidr: blockBetween(11, 20),
  ...gcpSettings,
});

const siteBlock = blockBetween(8, 22);

const onpremPlaced = z
  .strictObject({ cloud: z.literal("onprem"), cidr: siteBlock, ...onpremSettings })
  .superRefine((spec, context) => {
    // What is no block at all has been said already, and cannot be compared.
    const { cidr, nodeCidr, podCidr, serviceCidr, loadBalancerCidr } = spec;
    const given = [nodeCidr, podCidr, serviceCidr, loadBalancerCidr].filter(
      (it) => it !== undefined,
    );
    if (!siteBlock.safeParse(cidr).success) return;
    if (!given.every((block) => privateCidrText.safeParse(block).success)) return;
    for (const { path, message, got } of onpremProblems(spec)) {
      context.addIssue({ code: "custom", message, path: [path], input: got });
    }
  });

/** A network with its place: what the components take as `spec`. */
export const networkSchema = z.discriminatedUnion("cloud", [awsPlaced, gcpPlaced, onpremPlaced]);

export const awsNetworkSchema = awsPlaced;
export const gcpNetworkSchema = gcpPlaced;
export const onpremNetworkSchema = onpremPlaced;

/** What a cell's manifest writes below `network:`, by cloud; the cell adds the place. */
export const networkSettings = {
  aws: z.strictObject(awsSettings),
  gcp: z.strictObject(gcpSettings),
  onprem: z.strictObject(onpremSettings),
} as const;

export type AwsNetworkInput = z.input<typeof awsPlaced>;
export type AwsNetworkSpec = z.output<typeof awsPlaced>;
export type GcpNetworkInput = z.input<typeof gcpPlaced>;
export type GcpNetworkSpec = z.output<typeof gcpPlaced>;
export type OnpremNetworkInput = z.input<typeof onpremPlaced>;
export type OnpremNetworkSpec = z.output<typeof onpremPlaced>;
