/** What the schemas of all clouds share. */
import { z } from "zod";
import { cidrProblem, cidrText, isPrivate, prefixOf, privateCidrText } from "../core/cidr.ts";

/** A private block of a size that the cloud's plan works with. */
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

/** A name for an entry of a map; it becomes part of physical names. */
export const key = z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/, {
  error: "must be at most 32 lower case letters, digits and hyphens, starting with a letter",
});

/** Where traffic may go: a name, blocks, ports. */
export const egressRule = z.strictObject({
  /** IPv4 blocks, `0.0.0.0/0` for anywhere. */
  cidrs: z.array(cidrText).min(1),
  /** Of the connections that may be opened. @default "tcp" */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  /** The ports they may be opened to. */
  ports: z.array(z.int().min(1).max(65535)).min(1),
});

export type EgressRule = z.output<typeof egressRule>;
