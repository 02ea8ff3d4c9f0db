/** What a manifest may say about the identities of an AWS cell, and what the cell adds to it. Defaults live only here. */
import { z } from "zod";
import { accountText, regionText } from "../core/cloud.ts";
import { awsGrant, identityKey, who } from "./grant-schema.ts";
import { declaredResources, grantProblems } from "./granted.ts";

export const awsIdentityFields = {
  /** By a key of one's own: pods of one service account, and what they may do. */
  workloads: z
    .record(
      identityKey(),
      z.strictObject({
        ...who,
        /** What it may do; everything else it may not. */
        grants: z.array(awsGrant).min(1),
      }),
    )
    .default({}),
};

/** `identity` in the manifest of an AWS cell. */
export const awsIdentitySettings = z.strictObject(awsIdentityFields);

/** The same, with what the cell knows beside it. */
export const awsIdentitySpec = z
  .strictObject({
    cloud: z.literal("aws"),
    account: accountText,
    region: regionText("aws"),
    /** What the cell declares, by kind. @default nothing */
    resources: declaredResources,
    ...awsIdentityFields,
  })
  .superRefine(({ workloads, resources }, context) => {
    for (const { path, message, got } of grantProblems(workloads, resources)) {
      context.addIssue({ code: "custom", path: ["workloads", ...path], message, input: got });
    }
  });

export type AwsIdentityInput = z.input<typeof awsIdentitySpec>;
export type AwsIdentitySpec = z.output<typeof awsIdentitySpec>;
