/** What a manifest may say about node pools, and what the cell adds to it. Defaults live only here. */
import { z } from "zod";
import { awsNodePoolsSettings } from "./aws-schema.ts";

/** `nodePools` of an AWS cell, with what the cell knows beside it. */
export const awsNodePoolsSpec = z.strictObject({
  cloud: z.literal("aws"),
  region: z.string().min(1),
  account: z.string().regex(/^\d{12}$/, { error: "must be an account id of 12 digits, in quotes" }),
  pools: awsNodePoolsSettings,
});

export const nodePoolsSpec = z.discriminatedUnion("cloud", [awsNodePoolsSpec]);

export type AwsNodePoolsSpec = z.output<typeof awsNodePoolsSpec>;
export type NodePoolsSpec = z.output<typeof nodePoolsSpec>;
