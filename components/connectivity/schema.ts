/** What an environment's manifest may say below `connectivity:`. The matrix is the only source of routes and rules. */
import { isIPv4 } from "node:net";
import { z } from "zod";
import { cidrProblem, cidrText, contains, isPrivate, prefixOf } from "../core/cidr.ts";
import { projectText, regionText } from "../core/cloud.ts";
import { logRetentions } from "../core/retention.ts";

/** RFC 3927: what both ends of a tunnel are addressed from. */
export const linkLocal = "169.254.0.0/16";

/** Four tunnels of a /30 each, which is what a link takes at most. */
export const linkPrefix = 28;

/** RFC 6996: 16 bits, then 32 bits; the last of each is reserved. */
export const privateAsns = [
  { first: 64512, last: 65534 },
  { first: 4_200_000_000, last: 4_294_967_294 },
] as const;

/** What no network has: AS_TRANS (RFC 6793), examples (RFC 5398), the last of 16 bits (RFC 7300). */
const nobodysAsns = [
  { first: 23_456, last: 23_456 },
  { first: 64_496, last: 64_511 },
  { first: 65_535, last: 65_551 },
] as const;

/** Ports that one line of the matrix may open: NodePort's whole range, and not much more. */
export const mostPorts = 4096;

const cellName = z.string().superRefine((name, context) => {
  if (!/[*/]|^(any|all|everyone|internet)$/.test(name)) return;
  context.addIssue({
    code: "custom",
    message: "must be the name of one cell: the matrix opens nothing to everybody",
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
    const say = (message: string) => context.addIssue({ code: "custom", message, input: ports });
    if (last > 65535) say("must end at 65535 at the latest");
    else if (last < first) say("must start with the lower port");
    else if (last - first >= mostPorts) {
      say(`must not open more than ${mostPorts} ports: name those that are served`);
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
    // A range that is too much by itself has been told so.
    if (!(opened > mostPorts) || counts.some((count) => count > mostPorts)) return;
    context.addIssue({
      code: "custom",
      message: `must not open more than ${mostPorts} ports together: name those that are served`,
      input: given,
    });
  });

const reach = z.strictObject({
  /** The cell that opens connections. */
  from: cellName,
  /** The cell that takes them. */
  to: cellName,
  ports: openings,
  /** For those who read firewalls: what it is for. */
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

/** What no host on the Internet has: this network, loopback, multicast and what is reserved (RFC 6890, RFC 5771). */
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
  /** The ASN of the site's routers: a private one, or the public one that is yours. */
  asn: z
    .int()
    .min(1)
    .max(4_294_967_294)
    .refine((number) => !nobodysAsns.some(({ first, last }) => number >= first && number <= last), {
      error: "must be an ASN that a network can have: this one is reserved",
    }),
  /** Public addresses of its routers: two, so that one may fail. */
  addresses: z
    .array(publicAddress)
    .min(1)
    .max(2)
    .refine((given) => new Set(given).size === given.length, {
      error: "must name each router once",
    }),
  /** Where the environment's stack keeps the key of the tunnels to Google, as a secret of its config. AWS makes its own. */
  presharedKey: z
    .strictObject({
      /**
       * Its key there, without `atoll:`.
       * @default none; needed where the matrix joins the site to a cell of Google
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
    message: `must lie in ${linkLocal} and hold a /${linkPrefix} at least`,
    input: cidr,
  });
});

export const connectivitySettings = z.strictObject({
  /** Which cell may open connections to which, on which ports. What is not here does not pass. */
  reachability: z.array(reach),
  /**
   * The first ASN that hubs may get. Each gets one by its name, so that a hub that is added moves no other.
   * @default 64512
   */
  asnBase: asn.default(64512),
  /** ASNs of hubs by the hub's name, where they are decided elsewhere or two would be the same. @default {} */
  asns: z.record(z.string(), asn).default({}),
  /** Where both ends of all tunnels are addressed from. @default "169.254.0.0/16" without what AWS keeps to itself */
  linkRange: linkRange.default(linkLocal),
  /** Blocks of links by the link's name, a /28 each. @default {}, chosen by the link's name */
  tunnels: z.record(z.string(), linkBlock).default({}),
  /** How on-premises cells are reached, by cell. @default {} */
  gateways: z.record(z.string(), gateway).default({}),
  googleHub: z
    .strictObject({
      /**
       * The project of the environment's Google hub, and of the network that tunnels end in.
       * @default that of its Google cells, if all are in one
       */
      project: projectText,
      /**
       * Where its VPN gateway stands; the hub itself is global.
       * @default that of its Google cells, if all are in one
       */
      region: regionText("gcp"),
    })
    .optional(),
  logs: z
    .strictObject({
      /** Days that logs of tunnels and hubs are kept. @default 365, what PCI DSS 10.5.1 asks for */
      retentionDays: z.literal(logRetentions).default(365),
    })
    .prefault({}),
});

export type ConnectivityInput = z.input<typeof connectivitySettings>;
export type ConnectivitySettings = z.output<typeof connectivitySettings>;

/** Ports from the first to the last, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export function portRange(ports: number | string): PortRange {
  if (typeof ports === "number") return { first: ports, last: ports };
  const [first = 0, last = 0] = ports.split("-").map(Number);
  return { first, last };
}
