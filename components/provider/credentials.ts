/** Whom stacks act as in an account or project, where it is not the identity that runs them. */
import { z } from "zod";
import { accountText, projectText } from "../core/cloud.ts";
import { durationText } from "../core/units.ts";

const roleArn = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, {
  error: 'must be the ARN of a role: "arn:aws:iam::111122223333:role/atoll-deploy"',
});

/** Limits of AssumeRole: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const longestTags = 50;

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const sessionTagKey = z
  .string()
  .min(1)
  .max(128, { error: "must have at most 128 characters" })
  .regex(tagCharacters, { error: "must be letters, digits, spaces and _.:/=+-@" })
  .refine((key) => !/^aws:/i.test(key), { error: 'must not start with "aws:"' });

const sessionTagValue = z
  .string()
  .max(256, { error: "must have at most 256 characters" })
  .regex(tagCharacters, { error: "must be letters, digits, spaces and _.:/=+-@" });

export const assumeRoleSettings = z.strictObject({
  /** A role of the account. Its trust policy must let in the identity that runs the stacks. */
  roleArn,
  /** What the trust policy asks for as `sts:ExternalId`. @default none */
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, {
      error: "must be 2 to 1224 letters, digits and any of +=,.@:/-",
    })
    .optional(),
  /** Tags of the session; the trust policy must allow `sts:TagSession`. @default {} */
  sessionTags: z
    .record(sessionTagKey, sessionTagValue)
    .refine((tags) => Object.keys(tags).length <= longestTags, {
      error: `must be at most ${longestTags} tags`,
    })
    .default({}),
  /** What CloudTrail shows as the session's name. @default one that the SDK makes */
  sessionName: z
    .string()
    .regex(/^[\w+=,.@-]{2,64}$/, { error: "must be 2 to 64 letters, digits and any of +=,.@-" })
    .optional(),
  /** How long a session lasts before it is renewed; at most an hour where a role assumes the role. @default what the provider asks for */
  duration: durationText({ min: "15 minutes", max: "12 hours" }).optional(),
});

const serviceAccount = z.string().regex(/^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/, {
  error: 'must be the email of a service account: "deploy@my-project.iam.gserviceaccount.com"',
});

export const impersonationSettings = z.strictObject({
  /** The service account whose tokens are used: who runs the stacks has `roles/iam.serviceAccountTokenCreator` on it. */
  impersonate: serviceAccount,
  /** Service accounts in between, each a token creator of the next one. @default [] */
  delegates: z.array(serviceAccount).default([]),
});

export const credentialsSettings = z
  .strictObject({
    /** By account. @default {}: the identity that runs the stacks */
    accounts: z
      .record(accountText, z.strictObject({ assumeRole: assumeRoleSettings }))
      .superRefine((accounts, context) => {
        for (const [account, { assumeRole }] of Object.entries(accounts)) {
          if (assumeRole.roleArn.split(":")[4] === account) continue;
          context.addIssue({
            code: "custom",
            path: [account, "assumeRole", "roleArn"],
            input: assumeRole.roleArn,
            message: `must be a role of account ${account}`,
          });
        }
      })
      .default({}),
    /** By project. @default {}: the identity that runs the stacks */
    projects: z.record(projectText, impersonationSettings).default({}),
  })
  .prefault({});

export type AssumeRole = z.output<typeof assumeRoleSettings>;
export type Impersonation = z.output<typeof impersonationSettings>;
export type Credentials = z.output<typeof credentialsSettings>;

/** The identity that runs the stacks, everywhere. */
export const ambientCredentials: Credentials = { accounts: {}, projects: {} };

/** A chain of impersonation as Google's tools take it: the account whose tokens are used comes last. */
export function impersonationChain({ impersonate, delegates }: Impersonation): string {
  return [...delegates, impersonate].join(",");
}

/** What the AWS CLI is told to assume a role, apart from its ARN and the session's length. */
export function assumeRoleFlags({ externalId, sessionTags, sessionName }: AssumeRole): string[] {
  const tags = Object.entries(sessionTags).map(([Key, Value]) => ({ Key, Value }));
  return [
    "--role-session-name",
    sessionName ?? "atoll",
    ...(externalId === undefined ? [] : ["--external-id", externalId]),
    ...(tags.length === 0 ? [] : ["--tags", JSON.stringify(tags)]),
  ];
}
