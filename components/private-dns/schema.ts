/** Settings of private DNS, and the specs of the components. All defaults are here. */
import { z } from "zod";
import { cidrText, privateCidrText } from "../core/cidr.ts";
import { regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";
import { countLimits } from "../core/service-limits.ts";

/** Domains with other authoritative servers: multicast DNS (RFC 6762), Kubernetes, and the clouds. */
const taken = ["local", "compute.internal", "ec2.internal", "amazonaws.com", "googleapis.com"];

/** Leaves room for a cell name of 63 characters and more labels within the 253 characters of a DNS name. */
const longestDomain = 150;

const domainText = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/, {
    error:
      'must be a domain of two labels or more, without a dot at its end, such as "prod.acme.internal"',
  })
  .max(longestDomain, { error: `must have at most ${longestDomain} characters` })
  .superRefine((domain, context) => {
    const other = taken.find((name) => domain === name || domain.endsWith(`.${name}`));
    if (other === undefined) return;
    context.addIssue({
      code: "custom",
      message: `must not be below "${other}", which has other authoritative servers: use "prod.acme.internal" or a domain of yours`,
      input: domain,
    });
  });

export const address = z.ipv4({ error: 'must be an IPv4 address such as "10.40.0.10"' });

/** `dns` in the manifest of an environment. */
export const dnsSettings = z.strictObject({
  /** The private domain of the environment. Each cell has the zone `<cell>.<domain>`. */
  domain: domainText,
  /**
   * A CIDR block of eight addresses for the Google Cloud hub, inside the supernet and outside all cells.
   * @default the last /29 of the supernet
   */
  googleResolvers: privateCidrText.optional(),
  /** Zones that exist, by cell: the id of a hosted zone on AWS, the name of a managed zone on Google Cloud. @default they are created */
  existing: z.record(z.string(), z.string()).optional(),
  /** Retention of the query log in days. @default 365, as PCI DSS 10.5.1 requires */
  retentionDays: z.literal(logRetentions).default(365),
});

/** `dns` in the manifest of an on-premises cell. */
export const onpremDnsSettings = z.strictObject({
  /** Resolvers of the site, in the cell's CIDR block: authoritative for the cell's zone, with forwarding for the other zones. */
  resolvers: z
    .array(address)
    .min(1)
    .max(countLimits.addressesPerResolver, {
      error: `must be at most ${countLimits.addressesPerResolver} addresses, the limit of Route 53`,
    }),
});

/** Zones of other cells and the addresses that resolve them, by cell. */
const forwards = z.record(
  z.string(),
  z.strictObject({
    zone: z.string(),
    targets: z.array(address).min(1).max(countLimits.addressesPerResolver).readonly(),
  }),
);

/** Allowed sources of queries, by cell. */
const admits = z.record(z.string(), z.array(cidrText).min(1).readonly());

const place = {
  /** `<cell>.<domain>` */
  zone: z.string(),
};

export const awsPrivateDnsSpec = z.strictObject({
  cloud: z.literal("aws"),
  region: regionText("aws"),
  ...place,
  retentionDays: z.literal(logRetentions).default(365),
  /** Whether the profile of the account and region shares the cell's zone and rules. @default false */
  profile: z.boolean().default(false),
  /** Id of a hosted zone that exists. @default it is created */
  existing: z.string().optional(),
  /** The resolver endpoints. @default none: no queries from other cells, or another cell of the account and region has them */
  resolvers: z
    .strictObject({
      /** At least two zones, with the endpoint addresses in each. */
      zones: z
        .array(
          z.strictObject({
            zone: z.string(),
            reserved: cidrText,
            inbound: address,
            outbound: address,
          }),
        )
        .min(2)
        .readonly(),
      admits,
      forwards,
    })
    .optional(),
});

export const gcpPrivateDnsSpec = z.strictObject({
  cloud: z.literal("gcp"),
  project: z.string(),
  ...place,
  /** The environment's domain. The hub resolves its other names. */
  domain: z.string(),
  /** Whether there is a hub. Without one, only the cell's own names resolve. @default false */
  hub: z.boolean().default(false),
  /** Name of a managed zone that exists, in the cell's project. @default it is created */
  existing: z.string().optional(),
});

export const onpremPrivateDnsSpec = z.strictObject({
  cloud: z.literal("onprem"),
  ...place,
  resolvers: z.array(address).readonly(),
  admits,
  forwards,
});

export const googleHubSpec = z.strictObject({
  project: z.string(),
  /** The region of the tunnels. Cloud DNS accepts queries from a tunnel in the region of the destination address. */
  region: regionText("gcp"),
  block: privateCidrText,
  /** Addresses that are reserved, so that only one is left for Cloud DNS. */
  kept: z.array(address).readonly(),
  /** The address that is left. */
  entry: address,
  forwards,
});

export type DnsSettings = z.output<typeof dnsSettings>;
export type OnpremDnsSettings = z.output<typeof onpremDnsSettings>;
export type AwsPrivateDnsInput = z.input<typeof awsPrivateDnsSpec>;
export type AwsPrivateDnsSpec = z.output<typeof awsPrivateDnsSpec>;
export type GcpPrivateDnsInput = z.input<typeof gcpPrivateDnsSpec>;
export type GcpPrivateDnsSpec = z.output<typeof gcpPrivateDnsSpec>;
export type OnpremPrivateDnsInput = z.input<typeof onpremPrivateDnsSpec>;
export type GoogleHubInput = z.input<typeof googleHubSpec>;
export type GoogleHubSpec = z.output<typeof googleHubSpec>;
