/** Common parts of the schemas of all clouds. */
import { z } from "zod";
import { cidrProblem, cidrText, isPrivate, prefixOf, privateCidrText } from "../core/cidr.ts";
import { countLimits } from "../core/service-limits.ts";

/** A private CIDR block with a size that the cloud's plan supports. */
export function blockBetween(largest: number, smallest: number) {
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

/** A key of a map, which is part of physical names. */
export const key = z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, {
  error: "must be at most 32 lower case letters, digits and hyphens, starting with a letter",
});

/** An egress rule: CIDR blocks, protocol and ports. */
export const egressRule = z.strictObject({
  /** IPv4 blocks, `0.0.0.0/0` for anywhere. */
  cidrs: z.array(cidrText).min(1).max(countLimits.rangesPerFirewallRule),
  /** The protocol. @default "tcp" */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  /** The destination ports. */
  ports: z.array(z.int().min(1).max(65535)).min(1),
});

export type EgressRule = z.output<typeof egressRule>;
