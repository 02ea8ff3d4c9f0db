/** The settings of CI deployers, and the facts that the environment adds. Defaults live only here. */

import { z } from "zod";
import { accountText, projectNumberText, projectText } from "../core/cloud.ts";
import type { Statement } from "../core/iam.ts";
import { fittingGroups } from "../core/role-policies.ts";
import { documentLimits } from "../core/service-limits.ts";
import { trustSizeProblem } from "./aws-trust.ts";
import { proposedRoleProblem, roleProblems } from "./gcp-lint.ts";
import { identityKey } from "./grant-schema.ts";
import { job } from "./job-schema.ts";
import { policyProblems } from "./lint.ts";
import { issuerOf, jobSubject, subjectProblems } from "./subjects.ts";

const stringOrList = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const operators = [
  "ArnEquals",
  "ArnLike",
  "Bool",
  "Null",
  "StringEquals",
  "StringLike",
  "StringNotEquals",
] as const;

const statement = z.strictObject({
  sid: z.string().regex(/^[A-Za-z0-9]{1,64}$/, { error: "must be letters and digits" }),
  /** @default "Allow" */
  effect: z.enum(["Allow", "Deny"]).default("Allow"),
  /** In full, without wildcards: `s3:GetObject`. */
  actions: z.array(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/)).min(1),
  /** ARNs; the part after the account may have wildcards. */
  resources: z
    .array(
      z.string().regex(/^(\*|arn:[^:\s]*:[^:\s]+:[^:\s]*:[^:\s]*:\S+)$/, {
        error: 'must be an ARN such as "arn:aws:s3:::acme-releases/*"',
      }),
    )
    .min(1),
  conditions: z.partialRecord(z.enum(operators), z.record(z.string(), stringOrList)).optional(),
});

const awsDeployer = z.strictObject({
  /** `platform`, the repository or project, and the event that the job runs `on`; see job-schema.ts. */
  from: job,
  /** Policy statements; wildcards and privilege escalation are rejected. */
  statements: z.array(statement).min(1),
  /** ARN of its permissions boundary. @default none */
  boundary: z
    .string()
    .regex(/^arn:aws:iam::\d{12}:policy\/[\w+=,.@/-]+$/, { error: "must be the ARN of a policy" })
    .optional(),
  /** Maximum session duration in hours. @default 1 */
  hours: z.int().min(1).max(12).default(1),
});

export const awsDeployersFields = {
  /** `present` when the account already has the platform's OIDC provider: there is one per account. @default "create" */
  providers: z.enum(["create", "present"]).default("create"),
  /** Deployers by a key of your choice: the jobs of one repository, for one event. */
  deployers: z.record(identityKey(), awsDeployer).default({}),
};

const role = z.string().regex(/^(roles|projects\/[a-z0-9-]+\/roles)\/[A-Za-z0-9_.]+$/, {
  error: 'must be a role such as "roles/container.developer"',
});

const gcpDeployer = z.strictObject({
  /** `platform`, the repository or project, and the event that the job runs `on`; see job-schema.ts. */
  from: job,
  /** Roles in the project; basic roles and privilege escalation are rejected. */
  roles: z
    .array(
      z.strictObject({
        role,
        /** For `roles/resourcemanager.projectIamAdmin`: the only roles that it may grant and revoke. */
        mayGrant: z.array(role).min(1).max(10).optional(),
      }),
    )
    .min(1),
});

export const gcpDeployersFields = {
  /** Increase it to recreate deleted pools: Google reserves their ids for 30 days. @default 1 */
  edition: z.int().min(1).max(99).default(1),
  /** Deployers by a key of your choice: the jobs of one repository, for one event. */
  deployers: z.record(identityKey(), gcpDeployer).default({}),
};

export const awsDeployersSettings = z.strictObject(awsDeployersFields);
export const gcpDeployersSettings = z.strictObject(gcpDeployersFields);

/** Read-only actions, for pull request jobs, which run untrusted code. */
const reading = /^[a-z0-9-]+:(BatchGet|Describe|Get|List|Lookup|Search|View)/;

/** The same, with the facts of the environment. */
export const awsDeployersSpec = z
  .strictObject({ cloud: z.literal("aws"), account: accountText, ...awsDeployersFields })
  .superRefine(({ account, deployers }, context) => {
    for (const [key, { from, statements }] of Object.entries(deployers)) {
      const at = (...path: (string | number)[]) => ["deployers", key, ...path];
      for (const { sid, message, got } of policyProblems(statements as Statement[])) {
        const index = statements.findIndex((known) => known.sid === sid);
        const path = index < 0 ? at("statements") : at("statements", index);
        context.addIssue({ code: "custom", path, message, input: got ?? statements });
      }
      const trust = trustSizeProblem(account, issuerOf(from), jobSubject(from));
      if (trust !== undefined) {
        context.addIssue({ code: "custom", path: at("from"), message: trust, input: from });
      }
      const fits = fittingGroups(statements.map((each) => [each as Statement]));
      if (fits < statements.length) {
        const message = `must be less: the first ${fits} statements fill the policies that a role can have, and one can have up to ${documentLimits.managedPolicy.characters} characters; use several deployers`;
        context.addIssue({
          code: "custom",
          path: at("statements"),
          message,
          input: statements.length,
        });
      }
      const sids = statements.map(({ sid }) => sid);
      for (const [index, { sid, effect, actions }] of statements.entries()) {
        const path = at("statements", index);
        if (sids.indexOf(sid) < index) {
          const message = "must be unique: another statement has the same sid";
          context.addIssue({ code: "custom", path: [...path, "sid"], message, input: sid });
        }
        const writing = actions.find((action) => !reading.test(action));
        if (from.on.event === "pull-request" && effect === "Allow" && writing !== undefined) {
          const message = "must be read-only: a pull request runs untrusted code";
          context.addIssue({ code: "custom", path: [...path, "actions"], message, input: writing });
        }
      }
    }
  });

export const gcpDeployersSpec = z
  .strictObject({
    cloud: z.literal("gcp"),
    project: projectText,
    projectNumber: projectNumberText,
    ...gcpDeployersFields,
  })
  .superRefine(({ deployers }, context) => {
    const entries = Object.entries(deployers);
    const subjects = entries.map(([, { from }]) => jobSubject(from));
    for (const { index, message } of subjectProblems(subjects)) {
      const key = index === undefined ? undefined : entries[index]?.[0];
      context.addIssue({
        code: "custom",
        path: key === undefined ? ["deployers"] : ["deployers", key, "from"],
        message,
        input: index === undefined ? subjects.length : subjects[index],
      });
    }
    for (const [key, { from, roles }] of entries) {
      const names = roles.map(({ role }) => role);
      for (const [index, asked] of roles.entries()) {
        if (names.indexOf(asked.role) < index) {
          const message = "must not be listed twice";
          const path = ["deployers", key, "roles", index, "role"];
          context.addIssue({ code: "custom", path, message, input: asked.role });
        }
        const proposed =
          from.on.event === "pull-request" ? proposedRoleProblem(asked.role) : undefined;
        if (proposed !== undefined) {
          const path = ["deployers", key, "roles", index, "role"];
          context.addIssue({ code: "custom", path, message: proposed, input: asked.role });
        }
        for (const { path, message } of roleProblems(asked)) {
          context.addIssue({
            code: "custom",
            path: ["deployers", key, "roles", index, ...path],
            message,
            input: asked.role,
          });
        }
      }
    }
  });

export type AwsDeployersInput = z.input<typeof awsDeployersSpec>;
export type AwsDeployersSpec = z.output<typeof awsDeployersSpec>;
export type GcpDeployersInput = z.input<typeof gcpDeployersSpec>;
export type GcpDeployersSpec = z.output<typeof gcpDeployersSpec>;
