import { z } from "zod";
import { privateCidrText } from "../core/cidr.ts";
import { blockBetween } from "./base-schema.ts";
import { onpremEgress } from "./egress-schema.ts";
import { onpremProblems, planOnprem } from "./plan.ts";

/** `network` in the manifest of an on-premises cell. */
export const onpremSettings = {
  /** CIDR block of the nodes. @default a quarter of the cell's block */
  nodeCidr: privateCidrText.optional(),
  /** CIDR block of pods in the existing cluster. @default half of the cell's block */
  podCidr: privateCidrText.optional(),
  /** CIDR block of services in the existing cluster. @default a sixteenth of the cell's block */
  serviceCidr: privateCidrText.optional(),
  /** CIDR block of services of type LoadBalancer. @default a sixty-fourth of the cell's block */
  loadBalancerCidr: privateCidrText.optional(),
  /** Egress of workloads outside the cell, to be configured in the site's own firewall. */
  egress: onpremEgress,
};

const siteBlock = blockBetween(8, 22);

/** The settings with the facts of the cell: the component's `spec`. */
export const onpremNetworkSchema = z
  .strictObject({ cloud: z.literal("onprem"), cidr: siteBlock, ...onpremSettings })
  .superRefine((spec, context) => {
    // Invalid blocks are already reported, and cannot be compared.
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

/** The range of pods, from a possibly invalid manifest; undefined if it is invalid. */
export function podRangeOf(cidr: string, written: Readonly<Record<string, unknown>>) {
  const spec = onpremNetworkSchema.safeParse({ cloud: "onprem", cidr, ...written });
  return spec.success ? planOnprem(spec.data).pods : undefined;
}

export type OnpremNetworkInput = z.input<typeof onpremNetworkSchema>;
export type OnpremNetworkSpec = z.output<typeof onpremNetworkSchema>;
