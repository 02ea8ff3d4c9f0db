/** The settings of an AWS cell's identities, and the facts that the cell adds. Defaults live only here. */
import { z } from "zod";
import { accountText, regionText } from "../core/cloud.ts";
import { sizeProblem } from "./aws-statements.ts";
import { declaredResources, grantProblems } from "./grant-problems.ts";
import { awsGrantOf, type GrantableKind, grantables, identityKey, who } from "./grant-schema.ts";

function fieldsWith(kinds: readonly GrantableKind[] = grantables) {
  return {
    /** Workloads by a key of your choice: the pods of one service account, and their permissions. */
    workloads: z
      .record(
        identityKey(),
        z.strictObject({
          ...who,
          /** Permissions; everything else is denied. */
          grants: z.array(awsGrantOf(kinds)).min(1),
        }),
      )
      .default({}),
  };
}

export const awsIdentityFields = fieldsWith();

/** `identity` in the manifest of an AWS cell. */
export const awsIdentitySettings = z.strictObject(awsIdentityFields);

/** The same with these kinds of grants. */
export function awsIdentitySettingsWith(kinds: readonly GrantableKind[]) {
  return kinds === grantables ? awsIdentitySettings : z.strictObject(fieldsWith(kinds));
}

/** The same, with the facts of the cell. */
export function awsIdentitySpecWith(kinds: readonly GrantableKind[]) {
  return z
    .strictObject({
      cloud: z.literal("aws"),
      account: accountText,
      region: regionText("aws"),
      /** Resources that the cell declares, by kind. @default none */
      resources: declaredResources(kinds),
      ...fieldsWith(kinds),
    })
    .superRefine(({ account, region, workloads, resources }, context) => {
      for (const { path, message, got } of grantProblems(workloads, resources)) {
        context.addIssue({ code: "custom", path: ["workloads", ...path], message, input: got });
      }
      for (const [key, { grants }] of Object.entries(workloads)) {
        const message = sizeProblem(key, grants, { account, region }, kinds);
        if (message === undefined) continue;
        const path = ["workloads", key, "grants"];
        context.addIssue({ code: "custom", path, message, input: grants.length });
      }
    });
}

export const awsIdentitySpec = awsIdentitySpecWith(grantables);

export type AwsIdentityInput = z.input<typeof awsIdentitySpec>;
export type AwsIdentitySpec = z.output<typeof awsIdentitySpec>;
