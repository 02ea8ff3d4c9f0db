import { isIPv4, isIPv6 } from "node:net";
import { describe } from "./value.ts";

/** Formats of strings that many properties share. */
export type Format =
  | "cidr"
  | "cidr4"
  | "cidr6"
  | "cidr-any-host"
  | "arn"
  | "ipv4"
  | "json"
  | "seconds"
  | "cron";

/** Why a string does not have the format, or undefined if it does. */
export const formats: Readonly<Record<Format, (text: string) => string | undefined>> = {
  cidr: (text) => (text.includes(":") ? cidr6(text) : cidr4(text)),
  cidr4,
  cidr6,
  "cidr-any-host": (text) => {
    if (text.includes(":")) return cidr6(text);
    return parseCidr4(text) ? undefined : wrong("an address block such as 10.0.0.0/16", text);
  },
  arn: (text) =>
    /^arn:aws(-[a-z]+)*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws|aws-managed|third-party|aws-marketplace|cw.{10})?:.+$/.test(
      text,
    )
      ? undefined
      : wrong("an ARN (arn:partition:service:region:account:resource)", text),
  ipv4: (text) => (isIPv4(text) ? undefined : wrong("an IPv4 address", text)),
  json,
  seconds: (text) =>
    /^\d+(\.\d{1,9})?s$/.test(text)
      ? undefined
      : wrong('a duration in seconds such as "7776000s"', text),
  cron: (text) =>
    /^(cron\(\S+(\s+\S+){5}\)|rate\([1-9]\d*\s+(minute|hour|day)s?\))$/.test(text)
      ? undefined
      : wrong("cron(six fields) or rate(value unit)", text),
};

// Property names that always have a format. Sources: terraform-provider-aws, internal/verify/validate.go
// (ValidARN, ValidCIDRNetworkAddress) as its resources use them; the comments of @pulumi/gcp.
const byName: Readonly<Record<string, readonly (readonly [RegExp, Format])[]>> = {
  aws: [
    [/^(\w+Arn|arn|\w+Arns)$/, "arn"],
    [/^(cidrIpv4|publicAccessCidrs|destinationCidrBlock|cidrBlocks?|cidr|\w+Ipv4Cidr)$/, "cidr"],
    [/^(cidrIpv6|ipv6CidrBlocks?|destinationIpv6CidrBlock)$/, "cidr6"],
  ],
  gcp: [[/^(ipCidrRange|masterIpv4CidrBlock)$/, "cidr"]],
};

/** The format of a property with this name on a cloud. */
export function formatOf(cloud: string, name: string): Format | undefined {
  return byName[cloud]?.find(([pattern]) => pattern.test(name))?.[1];
}

function wrong(says: string, text: string): string {
  return `must be ${says}, got ${describe(text)}`;
}

function parseCidr4(text: string): { address: number; bits: number } | undefined {
  const [ip = "", bits = "", more] = text.split("/");
  if (more !== undefined || !isIPv4(ip) || !/^(\d|[12]\d|3[0-2])$/.test(bits)) return undefined;
  return {
    address: ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0),
    bits: Number(bits),
  };
}

function cidr4(text: string): string | undefined {
  const parsed = parseCidr4(text);
  if (!parsed) return wrong("an IPv4 address block such as 10.0.0.0/16", text);
  const size = 2 ** (32 - parsed.bits);
  const first = parsed.address - (parsed.address % size);
  if (first === parsed.address) return undefined;
  const block = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".");
  return `must be the first address of its block, did you mean "${block}/${parsed.bits}"?, got ${describe(text)}`;
}

function cidr6(text: string): string | undefined {
  const [ip = "", bits = "", more] = text.split("/");
  const fits = more === undefined && isIPv6(ip) && /^\d{1,3}$/.test(bits) && Number(bits) <= 128;
  return fits ? undefined : wrong("an IPv6 address block such as 2001:db8::/56", text);
}

function json(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return wrong("JSON", text);
  }
}
