/** What a manifest may say about the identities of a GCP cell, and what the cell adds to it. Defaults live only here. */
import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { isAccountOnly } from "./gcp-roles.ts";
import { gcpGrant, identityKey, who } from "./grant-schema.ts";
import { declaredResources, grantProblems } from "./granted.ts";

export const gcpIdentityFields = {
  /** By a key of one's own: pods of one service account, and what they may do. */
  workloads: z
    .record(
      identityKey(),
      z.strictObject({
        ...who,
        /**
         * Whether it acts as a service account of Google: databases, caches and Kafka know no other workloads. Its pods then
         * need the annotation `iam.gke.io/gcp-service-account`.
         * @default false
         */
        account: z.boolean().default(false),
        /** What it may do; everything else it may not. An account that others grant to may have none. */
        grants: z.array(gcpGrant).default([]),
      }),
    )
    .default({}),
};

/** `identity` in the manifest of a GCP cell. */
export const gcpIdentitySettings = z.strictObject(gcpIdentityFields);

/** The same, with what the cell knows beside it. */
export const gcpIdentitySpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    projectNumber: projectNumberText,
    region: regionText("gcp"),
    /** What the cell declares, by kind. @default nothing */
    resources: declaredResources,
    ...gcpIdentityFields,
  })
  .superRefine(({ workloads, resources }, context) => {
    for (const { path, message, got } of grantProblems(workloads, resources)) {
      context.addIssue({ code: "custom", path: ["workloads", ...path], message, input: got });
    }
    for (const [key, { account, grants }] of Object.entries(workloads)) {
      const needs = grants.find(isAccountOnly);
      if (needs && !account) {
        context.addIssue({
          code: "custom",
          path: ["workloads", key, "account"],
          message: `must be true: a ${needs.kind} takes no workloads but those with an account`,
          input: account,
        });
      }
      if (grants.length === 0 && !account) {
        context.addIssue({
          code: "custom",
          path: ["workloads", key, "grants"],
          message: "must have at least 1 entry, or the workload an account that others grant to",
          input: grants,
        });
      }
    }
  });

export type GcpIdentityInput = z.input<typeof gcpIdentitySpec>;
export type GcpIdentitySpec = z.output<typeof gcpIdentitySpec>;
