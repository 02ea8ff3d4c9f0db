/** An environment with every kind of neighbour, and random matrices over it. */
import fc from "fast-check";
import type { ConnectedCell } from "../../../components/connectivity/matrix.ts";
import {
  type ConnectivityInput,
  type ConnectivitySettings,
  connectivitySettings,
} from "../../../components/connectivity/schema.ts";

const aws = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
const gcp = { cloud: "gcp", project: "acme-prod", region: "europe-west1" } as const;

/** Two cells at one Transit Gateway, one in another region, one of another account, two at Google's, two sites. */
export const cells = [
  { name: "aws-use1", cidr: "10.32.0.0/16", ...aws },
  { name: "aws-use1b", cidr: "10.33.0.0/16", ...aws },
  { name: "aws-euw1", cidr: "10.34.0.0/16", ...aws, region: "eu-west-1" },
  { name: "aws-data", cidr: "10.35.0.0/16", ...aws, account: "444455556666" },
  { name: "gcp-euw1", cidr: "10.36.0.0/16", ...gcp },
  { name: "gcp-data", cidr: "10.37.0.0/16", ...gcp, project: "acme-data" },
  { name: "onprem-sel", cidr: "10.40.0.0/16", cloud: "onprem" },
  { name: "onprem-ber", cidr: "10.41.0.0/16", cloud: "onprem" },
] as const satisfies readonly ConnectedCell[];

/** Some of them. */
export function some(...names: (typeof cells)[number]["name"][]): ConnectedCell[] {
  return cells.filter(({ name }) => names.includes(name));
}

export const gateways = {
  "onprem-sel": {
    asn: 4200000010,
    addresses: ["198.51.100.7", "198.51.100.8"],
    presharedKey: { configKey: "onprem-sel-vpn-key" },
  },
  "onprem-ber": {
    asn: 4200000020,
    addresses: ["198.51.100.9"],
    presharedKey: { configKey: "onprem-ber-vpn-key" },
  },
};

export const googleHub = { project: "acme-prod", region: "europe-west1" };

/** Settings for every matrix over these cells. */
export function settings(
  reachability: ConnectivityInput["reachability"],
  more: Partial<ConnectivityInput> = {},
): ConnectivitySettings {
  return connectivitySettings.parse({ reachability, gateways, googleHub, ...more });
}

/** `a` may reach `b` on these TCP ports. */
export function line(from: string, to: string, ...ports: (number | string)[]) {
  return { from, to, ports: [{ protocol: "tcp" as const, ports }] };
}

/** The sample: two clouds and a site. */
export const sample = [
  line("aws-use1", "gcp-euw1", 443),
  line("gcp-euw1", "aws-use1", 443, "9092-9098"),
  line("onprem-sel", "aws-use1", 443),
];

const sites: readonly string[] = ["onprem-sel", "onprem-ber"];

const ports = fc.oneof(
  fc.integer({ min: 1, max: 65535 }),
  fc
    .tuple(fc.integer({ min: 1, max: 65000 }), fc.integer({ min: 0, max: 500 }))
    .map(([first, more]) => `${first}-${first + more}`),
);

/** Any valid matrix. */
export const matrix = fc
  .array(
    fc.record({
      from: fc.constantFrom(...cells.map(({ name }) => name)),
      to: fc.constantFrom(...cells.map(({ name }) => name)),
      ports: fc.array(
        fc.record({
          protocol: fc.constantFrom("tcp" as const, "udp" as const),
          ports: fc.array(ports, { minLength: 1, maxLength: 3 }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) =>
    lines.filter(({ from, to }) => from !== to && !(sites.includes(from) && sites.includes(to))),
  )
  .filter((lines) => lines.length > 0);
