import { z } from "zod";
import { privateCidrText } from "../core/cidr.ts";
import { blockBetween } from "./base-schema.ts";
import { onpremEgress } from "./egress-schema.ts";
import { onpremProblems } from "./plan.ts";

/** The part of an on-premises network that a cell's manifest writes below `network:`. */
export const onpremSettings = {
  /** The machines' own block. @default a quarter of the cell's block */
  nodeCidr: privateCidrText.optional(),
  /** What pods get, as the cluster was set up. @default half of the cell's block */
  podCidr: privateCidrText.optional(),
  /** What services get, as the cluster was set up. @default a sixteenth of the cell's block */
  serviceCidr: privateCidrText.optional(),
  /** What services of type LoadBalancer get. @default a sixty-fourth of the cell's block */
  loadBalancerCidr: privateCidrText.optional(),
  /** Where workloads may go outside the cell: the site's own firewall has to see to it. */
  egress: onpremEgress,
};

const siteBlock = blockBetween(8, 22);

/** A network on-premises with its place: what the component takes as `spec`. */
export const onpremNetworkSchema = z
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

export type OnpremNetworkInput = z.input<typeof onpremNetworkSchema>;
export type OnpremNetworkSpec = z.output<typeof onpremNetworkSchema>;
