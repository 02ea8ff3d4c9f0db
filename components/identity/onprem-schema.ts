/** The settings of an on-premises cell's identities, and the facts that the cell adds. Defaults live only here. */
import { z } from "zod";
import { accountText, projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { sizeProblem } from "./aws-statements.ts";
import { trustSizeProblem } from "./aws-trust.ts";
import { policySizeProblems } from "./gcp-policy-size.ts";
import { isAccountOnly } from "./gcp-roles.ts";
import { declaredResources, grantProblems } from "./grant-problems.ts";
import {
  awsGrantOf,
  type GrantableKind,
  gcpGrantOf,
  grantables,
  identityKey,
  who,
} from "./grant-schema.ts";
import { serviceAccountSubject, subjectProblems } from "./subjects.ts";

const grantsOf = <Grant extends z.ZodType>(grant: Grant) => z.array(grant).default([]);

function fieldsWith(kinds: readonly GrantableKind[] = grantables) {
  return {
    /**
     * Issuer of the cluster's service account tokens: the API server's `--service-account-issuer`. The clouds read its keys there.
     */
    issuer: z.string().regex(/^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(\/[A-Za-z0-9._~-]+)*$/, {
      error: 'must be a URL such as "https://oidc.seoul.example", with TLS and no slash at its end',
    }),
    /** The AWS account that workloads access. @default none */
    aws: z
      .strictObject({
        /** Account id of 12 digits, in quotes. */
        account: accountText,
        /** Region of the granted resources. */
        region: regionText("aws"),
      })
      .optional(),
    /** The GCP project that workloads access. @default none */
    gcp: z
      .strictObject({
        /** Project id. */
        project: projectText,
        /** Project number, in quotes. */
        projectNumber: projectNumberText,
        /** Region of the granted resources. */
        region: regionText("gcp"),
        /** The issuer's public keys as a JSON Web Key Set, when Google cannot reach it. @default read from the issuer */
        jwks: z.string().min(2).optional(),
        /** Increase it to recreate a deleted pool: Google reserves its id for 30 days. @default 1 */
        edition: z.int().min(1).max(99).default(1),
      })
      .optional(),
    /** Workloads by a key of your choice: the pods of one service account, and their permissions in each cloud. */
    workloads: z
      .record(
        identityKey(),
        z.strictObject({
          ...who,
          /** Permissions in the AWS account. @default [] */
          aws: grantsOf(awsGrantOf(kinds)),
          /** Permissions in the GCP project. @default [] */
          gcp: grantsOf(gcpGrantOf(kinds)),
        }),
      )
      .default({}),
  };
}

export const onpremIdentityFields = fieldsWith();

/** `identity` in the manifest of an on-premises cell. */
export const onpremIdentitySettings = z.strictObject(onpremIdentityFields);

/** The same with these kinds of grants. */
export function onpremIdentitySettingsWith(kinds: readonly GrantableKind[]) {
  return kinds === grantables ? onpremIdentitySettings : z.strictObject(fieldsWith(kinds));
}

/** The same, with the facts of the cell. */
export function onpremIdentitySpecWith(kinds: readonly GrantableKind[]) {
  return z
    .strictObject({
      cloud: z.literal("onprem"),
      /** Resources that may be granted in each cloud, by kind. @default none */
      resources: z
        .strictObject({ aws: declaredResources(kinds), gcp: declaredResources(kinds) })
        .prefault({}),
      ...fieldsWith(kinds),
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
            `requires \`identity.${cloud}\`, the target of workloads`,
            workload[cloud],
          );
        }
      }
      const entries = Object.entries(workloads);
      const onGcp = Object.fromEntries(entries.map(([key, { gcp }]) => [key, { grants: gcp }]));
      for (const { path, message, got } of policySizeProblems(onGcp, kinds)) {
        add(
          path.map((part) => (part === "grants" ? "gcp" : part)),
          message,
          got,
        );
      }
      for (const [key, workload] of entries) {
        if (workload.aws.length + workload.gcp.length > 0) continue;
        add(
          [key],
          "must have grants in a cloud: on-premises access needs only a service account",
          workload,
        );
      }
      for (const [key, workload] of entries) {
        const { aws } = workload;
        const message = spec.aws && sizeProblem(key, aws, spec.aws, kinds);
        if (message !== undefined) add([key, "aws"], message, aws.length);
        const subject = serviceAccountSubject(workload);
        const trust = spec.aws && trustSizeProblem(spec.aws.account, spec.issuer, subject);
        if (trust !== undefined && aws.length > 0) add([key, "serviceAccount"], trust, subject);
      }
      for (const [key, { gcp }] of entries) {
        for (const [index, grant] of gcp.entries()) {
          if (!isAccountOnly(grant, kinds)) continue;
          const { kind } = grant;
          add(
            [key, "gcp", index, "kind"],
            `must not be a ${kind}, which does not support federated identities`,
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
}

export const onpremIdentitySpec = onpremIdentitySpecWith(grantables);

export type OnpremIdentityInput = z.input<typeof onpremIdentitySpec>;
export type OnpremIdentitySpec = z.output<typeof onpremIdentitySpec>;
