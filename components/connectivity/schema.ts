/** The settings of `connectivity` in an environment's manifest. The matrix is the only source of routes and rules. */
import { isIPv4 } from "node:net";
import { z } from "zod";
import { cidrProblem, cidrText, contains, isPrivate, prefixOf } from "../core/cidr.ts";
import { accountText, projectText, regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";

/** RFC 3927: the address range of tunnels. */
export const linkLocal = "169.254.0.0/16";

/** The maximum of a link: four tunnels with a /30 each. */
export const linkPrefix = 28;

/** RFC 6996: 16 bits, then 32 bits; the last of each is reserved. */
export const privateAsns = [
  { first: 64512, last: 65534 },
  { first: 4_200_000_000, last: 4_294_967_294 },
] as const;

/** Reserved ASNs: AS_TRANS (RFC 6793), documentation (RFC 5398), the last of 16 bits (RFC 7300). */
const reservedAsns = [
  { first: 23_456, last: 23_456 },
  { first: 64_496, last: 64_511 },
  { first: 65_535, last: 65_551 },
] as const;

/** Maximum number of ports in one line of the matrix: enough for the whole NodePort range. */
export const mostPorts = 4096;

const cellName = z.string().superRefine((name, context) => {
  if (!/[*/]|^(any|all|everyone|internet)$/.test(name)) return;
  context.addIssue({
    code: "custom",
    message: "must be the name of one cell: the matrix has no wildcards",
    input: name,
  });
});

const portForm = { error: 'must be a port from 1 to 65535 or a range such as "9092-9098"' };

const portText = z
  .union(
    [
      z.int(portForm).min(1, portForm).max(65535, portForm),
      z.string().regex(/^[1-9]\d{0,4}-[1-9]\d{0,4}$/, portForm),
    ],
    portForm,
  )
  .superRefine((ports, context) => {
    const { first, last } = portRange(ports);
    const report = (message: string) => context.addIssue({ code: "custom", message, input: ports });
    if (last > 65535) report("must end at 65535 or lower");
    else if (last < first) report("must start with the lower port");
    else if (last - first >= mostPorts) {
      report(`must not open more than ${mostPorts} ports: list only the ports that are used`);
    }
  });

const opening = z.strictObject({
  protocol: z.enum(["tcp", "udp"]),
  /** Single ports, or ranges such as `"9092-9098"`. */
  ports: z.array(portText).min(1),
});

const openings = z
  .array(opening)
  .min(1)
  .superRefine((given, context) => {
    const counts = given.flatMap(({ ports }) =>
      ports.map(portRange).map(({ first, last }) => last - first + 1),
    );
    const opened = counts.reduce((sum, count) => sum + count, 0);
    // A range that is too large by itself is reported already.
    if (!(opened > mostPorts) || counts.some((count) => count > mostPorts)) return;
    context.addIssue({
      code: "custom",
      message: `must not open more than ${mostPorts} ports together: list only the ports that are used`,
      input: given,
    });
  });

const reach = z.strictObject({
  /** The cell that opens connections. */
  from: cellName,
  /** The cell that accepts them. */
  to: cellName,
  ports: openings,
  /** The purpose, as the description of firewall rules. */
  why: z.string().min(1).max(120).optional(),
});

const asn = z.int().superRefine((number, context) => {
  if (privateAsns.some(({ first, last }) => number >= first && number <= last)) return;
  context.addIssue({
    code: "custom",
    message: "must be a private ASN: 64512 to 65534, or 4200000000 to 4294967294",
    input: number,
  });
});

/** Special-purpose blocks: link-local, this network, loopback, multicast and reserved (RFC 6890, RFC 5771). */
const specialPurpose = [linkLocal, "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"];

const publicAddress = z.string().superRefine((address, context) => {
  const host = `${address}/32`;
  if (isIPv4(address) && !isPrivate(host) && !specialPurpose.some((block) => contains(block, host)))
    return;
  context.addIssue({
    code: "custom",
    message: 'must be a public IPv4 address such as "198.51.100.7"',
    input: address,
  });
});

const gateway = z.strictObject({
  /** The ASN of the site's routers: a private one, or your own public one. */
  asn: z
    .int()
    .min(1)
    .max(4_294_967_294)
    .refine(
      (number) => !reservedAsns.some(({ first, last }) => number >= first && number <= last),
      {
        error: "must not be a reserved ASN",
      },
    ),
  /** Public addresses of its routers: two for redundancy. */
  addresses: z
    .array(publicAddress)
    .min(1)
    .max(2)
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each router once",
    }),
  /** The pre-shared key of the tunnels to Google, a secret in the config of the environment's stack. AWS generates its own. */
  presharedKey: z
    .strictObject({
      /**
       * The config key, without `atoll:`.
       * @default none; required when the matrix connects the site to a Google cell
       */
      configKey: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/),
    })
    .optional(),
});

const linkBlock = cidrText.superRefine((cidr, context) => {
  if (cidrProblem(cidr) || (contains(linkLocal, cidr) && prefixOf(cidr) === linkPrefix)) return;
  context.addIssue({
    code: "custom",
    message: `must be a /${linkPrefix} inside ${linkLocal}`,
    input: cidr,
  });
});

const linkRange = cidrText.superRefine((cidr, context) => {
  if (cidrProblem(cidr) || (contains(linkLocal, cidr) && prefixOf(cidr) <= linkPrefix)) return;
  context.addIssue({
    code: "custom",
    message: `must be inside ${linkLocal} and contain at least a /${linkPrefix}`,
    input: cidr,
  });
});

export const connectivitySettings = z.strictObject({
  /** Which cell may open connections to which, on which ports. All other traffic is blocked. */
  reachability: z.array(reach),
  /**
   * The first ASN for hubs. Each hub gets one derived from its name, so that a new hub does not change others.
   * @default 64512
   */
  asnBase: asn.default(64512),
  /** ASNs of hubs by the hub's name, when they are assigned elsewhere or two would be the same. @default {} */
  asns: z.record(z.string(), asn).default({}),
  /** The address range for both ends of all tunnels. @default "169.254.0.0/16" without the blocks that AWS reserves */
  linkRange: linkRange.default(linkLocal),
  /** Blocks of links by the link's name, a /28 each. @default {}, derived from the link's name */
  tunnels: z.record(z.string(), linkBlock).default({}),
  /** Routers of on-premises cells, by cell. @default {} */
  gateways: z.record(z.string(), gateway).default({}),
  googleHub: z
    .strictObject({
      /**
       * The project of the environment's Google hub, and of the network with the VPN gateway.
       * @default the one of its Google cells, when all are in one
       */
      project: projectText,
      /**
       * The region of its VPN gateway; the hub itself is global.
       * @default the one of its Google cells, when all are in one
       */
      region: regionText("gcp"),
    })
    .optional(),
  existing: z
    .strictObject({
      /** Ids of Transit Gateways that exist, by the hub's name; those of other hubs are created. @default {} */
      transitGateways: z
        .record(
          z.string(),
          z.string().regex(/^tgw-[0-9a-f]{17}$/, {
            error: 'must be the id of a Transit Gateway, such as "tgw-0123456789abcdef0"',
          }),
        )
        .default({}),
      /**
       * The accounts that share Transit Gateways with the hub's account by AWS RAM, by the hub's name; all others are owned by the hub's
       * account. Only cells at the same Transit Gateway can be connected.
       * @default {}
       */
      transitGatewayOwners: z.record(z.string(), accountText).default({}),
      /** Resource name of Google's hub, if it exists. @default it is created */
      googleHub: z
        .string()
        .regex(
          /^projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/locations\/global\/hubs\/[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
          {
            error:
              'must be the resource name of a Network Connectivity Center hub, such as "projects/acme-net/locations/global/hubs/main"',
          },
        )
        .optional(),
    })
    .optional(),
  logs: z
    .strictObject({
      /** Days that the logs of tunnels and hubs are kept. @default 365, as PCI DSS 10.5.1 requires */
      retentionDays: z.literal(logRetentions).default(365),
    })
    .prefault({}),
});

export type ConnectivityInput = z.input<typeof connectivitySettings>;
export type ConnectivitySettings = z.output<typeof connectivitySettings>;

/** A range of ports, inclusive. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export function portRange(ports: number | string): PortRange {
  if (typeof ports === "number") return { first: ports, last: ports };
  const [first = 0, last = 0] = ports.split("-").map(Number);
  return { first, last };
}
