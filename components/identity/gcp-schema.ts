/** The settings of a GCP cell's identities, and the facts that the cell adds. Defaults live only here. */
import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { policySizeProblems } from "./gcp-policy-size.ts";
import { isAccountOnly } from "./gcp-roles.ts";
import { declaredResources, grantProblems } from "./grant-problems.ts";
import { type GrantableKind, gcpGrantOf, grantables, identityKey, who } from "./grant-schema.ts";

function fieldsWith(kinds: readonly GrantableKind[] = grantables) {
  return {
    /** Workloads by a key of your choice: the pods of one service account, and their permissions. */
    workloads: z
      .record(
        identityKey(),
        z.strictObject({
          ...who,
          /**
           * Whether it acts as a Google service account, which databases, caches and Kafka require. Its pods then need the
           * annotation `iam.gke.io/gcp-service-account`.
           * @default false
           */
          account: z.boolean().default(false),
          /** Permissions; everything else is denied. May be empty for an account that gets permissions elsewhere. */
          grants: z.array(gcpGrantOf(kinds)).default([]),
        }),
      )
      .default({}),
  };
}

export const gcpIdentityFields = fieldsWith();

/** `identity` in the manifest of a GCP cell. */
export const gcpIdentitySettings = z.strictObject(gcpIdentityFields);

/** The same with these kinds of grants. */
export function gcpIdentitySettingsWith(kinds: readonly GrantableKind[]) {
  return kinds === grantables ? gcpIdentitySettings : z.strictObject(fieldsWith(kinds));
}

/** The same, with the facts of the cell. */
export function gcpIdentitySpecWith(kinds: readonly GrantableKind[]) {
  return z
    .strictObject({
      cloud: z.literal("gcp"),
      project: projectText,
      projectNumber: projectNumberText,
      region: regionText("gcp"),
      /** Resources that the cell declares, by kind. @default none */
      resources: declaredResources(kinds),
      ...fieldsWith(kinds),
    })
    .superRefine(({ workloads, resources }, context) => {
      const found = [
        ...grantProblems(workloads, resources),
        ...policySizeProblems(workloads, kinds),
      ];
      for (const { path, message, got } of found) {
        context.addIssue({ code: "custom", path: ["workloads", ...path], message, input: got });
      }
      for (const [key, { account, grants }] of Object.entries(workloads)) {
        const needs = grants.find((grant) => isAccountOnly(grant, kinds));
        if (needs && !account) {
          context.addIssue({
            code: "custom",
            path: ["workloads", key, "account"],
            message: `must be true: a ${needs.kind} supports only workloads with a service account`,
            input: account,
          });
        }
        if (grants.length === 0 && !account) {
          context.addIssue({
            code: "custom",
            path: ["workloads", key, "grants"],
            message:
              "must have at least 1 entry, unless the workload has an account that gets permissions elsewhere",
            input: grants,
          });
        }
      }
    });
}

export const gcpIdentitySpec = gcpIdentitySpecWith(grantables);

export type GcpIdentityInput = z.input<typeof gcpIdentitySpec>;
export type GcpIdentitySpec = z.output<typeof gcpIdentitySpec>;
