/** What a manifest may say about the identities of an on-premises cell, and what the cell adds. Defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { isAccountOnly } from "./gcp-roles.ts";
import { awsGrant, gcpGrant, identityKey, who } from "./grant-schema.ts";
import { declaredResources, grantProblems } from "./granted.ts";
import { serviceAccountSubject, subjectProblems } from "./subjects.ts";

const grantsOf = <Grant extends z.ZodType>(grant: Grant) => z.array(grant).default([]);

export const onpremIdentityFields = {
  /** What the cluster's API server signs its tokens as: `--service-account-issuer`. The clouds read its keys there. */
  issuer: z.string().regex(/^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9._~-]+)*$/, {
    error: 'must be a URL such as "https://oidc.seoul.example", with TLS and no slash at its end',
  }),
  /** The AWS account that workloads come into. @default none */
  aws: z
    .strictObject({
      /** Of 12 digits, in quotes. */
      account: accountText,
      /** Of the resources that are granted. */
      region: regionText("aws"),
    })
    .optional(),
  /** The GCP project that workloads come into. @default none */
  gcp: z
    .strictObject({
      /** Its id. */
      project: projectText,
      /** In quotes. */
      projectNumber: projectNumberText,
      /** Of the resources that are granted. */
      region: regionText("gcp"),
      /** The issuer's public keys as a JSON Web Key Set, where Google cannot reach it. @default read from the issuer */
      jwks: z.string().min(2).optional(),
      /** Counts up when the pool was deleted: Google keeps its id for 30 days. @default 1 */
      edition: z.int().min(1).max(99).default(1),
    })
    .optional(),
  /** By a key of one's own: pods of one service account, and what they may do in each cloud. */
  workloads: z
    .record(
      identityKey(),
      z.strictObject({
        ...who,
        /** What it may do in the AWS account. @default [] */
        aws: grantsOf(awsGrant),
        /** What it may do in the GCP project. @default [] */
        gcp: grantsOf(gcpGrant),
      }),
    )
    .default({}),
};

/** `identity` in the manifest of an on-premises cell. */
export const onpremIdentitySettings = z.strictObject(onpremIdentityFields);

/** The same, with what the cell knows beside it. */
export const onpremIdentitySpec = z
  .strictObject({
    cloud: z.literal("onprem"),
    /** What may be granted in each cloud, by kind. @default nothing */
    resources: z.strictObject({ aws: declaredResources, gcp: declaredResources }).prefault({}),
    ...onpremIdentityFields,
  })
  .superRefine((spec, context) => {
    const { workloads, resources } = spec;
    const add = (path: (string | number)[], message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: ["workloads", ...path], message, input });
    for (const cloud of ["aws", "gcp"] as const) {
      const granting = Object.fromEntries(
        Object.entries(workloads).map(([key, { namespace, serviceAccount, ...by }]) => [
          key,
          { namespace, serviceAccount, grants: by[cloud] },
        ]),
      );
      for (const { path, message, got } of grantProblems(granting, resources[cloud])) {
        const twice = path.includes("serviceAccount");
        if (twice && cloud === "gcp") continue;
        add(
          path.map((part) => (part === "grants" ? cloud : part)),
          message,
          got,
        );
      }
      for (const [key, workload] of Object.entries(workloads)) {
        if (workload[cloud].length === 0 || spec[cloud]) continue;
        add(
          [key, cloud],
          `needs \`identity.${cloud}\`, where workloads come into`,
          workload[cloud],
        );
      }
    }
    const entries = Object.entries(workloads);
    for (const [key, workload] of entries) {
      if (workload.aws.length + workload.gcp.length > 0) continue;
      add([key], "must have grants in a cloud: on premises a service account is enough", workload);
    }
    for (const [key, { gcp }] of entries) {
      for (const [index, grant] of gcp.entries()) {
        if (!isAccountOnly(grant)) continue;
        const { kind } = grant;
        add(
          [key, "gcp", index, "kind"],
          `must not be a ${kind}: it takes no federated identity`,
          kind,
        );
      }
    }
    const onGoogle = entries.filter(([, { gcp }]) => gcp.length > 0);
    const subjects = onGoogle.map(([, workload]) => serviceAccountSubject(workload));
    for (const { index, message } of subjectProblems(subjects)) {
      const [key, workload] = (index === undefined ? undefined : onGoogle[index]) ?? [];
      add(
        key === undefined ? [] : [key, "serviceAccount"],
        message,
        workload?.serviceAccount ?? subjects.length,
      );
    }
  });

export type OnpremIdentityInput = z.input<typeof onpremIdentitySpec>;
export type OnpremIdentitySpec = z.output<typeof onpremIdentitySpec>;
