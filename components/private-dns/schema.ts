/** What manifests say about private names, and what the components are told of the plan. Defaults live only here. */
import { z } from "zod";
import { cidrText, privateCidrText } from "../core/cidr.ts";
import { regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";

/** Names that others answer for: multicast DNS (RFC 6762), Kubernetes, and the clouds themselves. */
const taken = ["local", "compute.internal", "ec2.internal", "amazonaws.com", "googleapis.com"];

/** With a cell's name of up to 63 characters and a few labels in front it has to stay below the 253 of a name. */
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
      message: `must not lie below "${other}", for which others answer: take "prod.acme.internal" or a domain of your own`,
      input: domain,
    });
  });

export const address = z.ipv4({ error: 'must be an IPv4 address such as "10.40.0.10"' });

/** `dns` in the manifest of an environment. */
export const dnsSettings = z.strictObject({
  /** The private domain of the environment; each cell's names lie below `<cell>.<domain>`. */
  domain: domainText,
  /**
   * A block of eight addresses, inside the supernet and apart from every cell, where Google's hub answers for its cells.
   * @default the last /29 of the supernet
   */
  googleResolvers: privateCidrText.optional(),
  /** Days that queries are kept. @default 365, what PCI DSS 10.5.1 asks for */
  retentionDays: z.literal(logRetentions).default(365),
});

/** `dns` in the manifest of an on-premises cell. */
export const onpremDnsSettings = z.strictObject({
  /** Resolvers of the site, in the cell's block: they answer for the cell's zone and are told of the other zones. */
  resolvers: z
    .array(address)
    .min(1)
    .max(6, { error: "must be at most 6 addresses: Route 53 forwards to no more" }),
});

/** Zones of other cells and who answers for them, by cell. */
const forwards = z.record(
  z.string(),
  z.strictObject({ zone: z.string(), targets: z.array(address).min(1).max(6).readonly() }),
);

/** Who may ask, by cell. */
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
  /** Whether the cell's zone and rules are shared through the profile of its account and region. @default false */
  profile: z.boolean().default(false),
  /** The resolver endpoints. @default none: nobody asks from outside, or another cell of the account and region has them */
  resolvers: z
    .strictObject({
      /** At least two zones, with the address of each endpoint in it. */
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
  /** The environment's domain, whose other names the hub resolves. */
  domain: z.string(),
  /** Whether there is a hub: without one only the cell's own names are known. @default false */
  hub: z.boolean().default(false),
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
  /** Where the tunnels end: Google takes queries from a tunnel in the region of the address they are sent to. */
  region: regionText("gcp"),
  block: privateCidrText,
  /** The addresses that are kept from Google, so that it has one left. */
  kept: z.array(address).readonly(),
  /** The one that is left. */
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
