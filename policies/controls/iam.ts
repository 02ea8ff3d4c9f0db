import { trustProblems } from "../confused-deputy.ts";
import type { Control } from "../control.ts";
import { escalationIn } from "../escalations.ts";
import { statementsOf } from "../iam-document.ts";
import { allowsEverything, identityChecks } from "../identity-policies.ts";
import { firstOf } from "../known-values.ts";
import { unknownFromNowhere } from "../origins.ts";
import type { Report } from "../report.ts";

/** AWS managed policies that allow everything, or allow their holder to get full access. */
const administration = /:policy\/(AdministratorAccess|IAMFullAccess)$/;

const identity = identityChecks((statements, path, report) => {
  for (const statement of statements.filter(allowsEverything)) {
    const value = statement.notActions.length > 0 ? { NotAction: statement.notActions } : "*";
    report.wrong(`${path}.${statement.path}`, value, "all actions are allowed on all resources");
  }
});

const escalation = identityChecks((statements, path, report) => {
  const found = escalationIn(statements);
  if (!found) return;
  const { by, statement } = found;
  report.wrong(`${path}.${statement.path}`, [by.decisive, ...by.beside], `its holder ${by.how}`);
});

export const iamControls: readonly Control[] = [
  {
    id: "IAM1",
    policy: "iam1-disallow-administration",
    title: "No policy allows everything, and AdministratorAccess is not attached",
    severity: "critical",
    remedy: "list the required actions and resources",
    requirements: {
      soc2: ["CC6.3"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.308(a)(3)(i)"],
      gdpr: ["25"],
      ccpa: ["1798.150"],
      sox: ["ITGC-access"],
      "cis-aws": ["2.14"],
    },
    repeated: true,
    resources: {
      ...identity,
      "aws:iam/role:Role": (role, report, context) => {
        identity["aws:iam/role:Role"]?.(role, report, context);
        report.each("managedPolicyArns", role.managedPolicyArns, (arn, path) =>
          attached(path, arn, report),
        );
      },
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": attachment,
      "aws:iam/policyAttachment:PolicyAttachment": attachment,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment,
      "aws:iam/userPolicyAttachment:UserPolicyAttachment": attachment,
    },
    stack: unknownFromNowhere({
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
      "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
    }),
  },
  {
    id: "IAM2",
    policy: "iam2-disallow-policies-on-users",
    title: "Users get their permissions from groups and roles, not from their own policies",
    severity: "low",
    remedy: "attach the policy to a role that the user assumes, or to a group",
    requirements: {
      soc2: ["CC1.3"],
      "pci-dss-4": ["7.2.1"],
      sox: ["ITGC-access"],
      "cis-aws": ["2.13"],
    },
    resources: {
      "aws:iam/policyAttachment:PolicyAttachment": ({ users }, report) => {
        if (firstOf(users, () => true) !== undefined) {
          report.wrong("users", users, "the policy is attached to users directly");
        }
      },
      "aws:iam/userPolicy:UserPolicy": (_, report) =>
        report.lacking(
          "",
          "grants permissions to a single user, which reviews of groups and roles miss",
        ),
      "aws:iam/userPolicyAttachment:UserPolicyAttachment": (_, report) =>
        report.lacking(
          "",
          "grants permissions to a single user, which reviews of groups and roles miss",
        ),
    },
  },
  {
    id: "IAM3",
    policy: "iam3-disallow-privilege-escalation",
    title: "No policy allows privilege escalation",
    severity: "high",
    remedy:
      "limit the action to specific roles, users or policies, or add a condition such as iam:PassedToService or iam:PermissionsBoundary",
    requirements: {
      soc2: ["CC6.3"],
      "pci-dss-4": ["7.2.1"],
      hipaa: ["164.308(a)(3)(i)"],
      sox: ["ITGC-access"],
    },
    repeated: true,
    resources: escalation,
  },
  {
    id: "IAM4",
    policy: "iam4-enforce-narrow-trust",
    title: "Trust policies limit for whom a service or an identity provider can assume a role",
    severity: "high",
    remedy:
      "add a condition on aws:SourceArn or aws:SourceAccount for services, on the subject for identity providers, and use accounts instead of *",
    requirements: { soc2: ["CC6.3"], "pci-dss-4": ["7.2.1"], sox: ["ITGC-access"] },
    repeated: true,
    resources: {
      "aws:iam/role:Role": (role, report) => {
        const path = "assumeRolePolicy";
        report.whenKnown(
          path,
          () => role[path],
          (policy) => {
            for (const statement of statementsOf(policy)) {
              const names = statement.principals.map(({ name }) => name);
              for (const why of trustProblems(statement)) {
                report.wrong(`${path}.${statement.path}.Principal`, names, why);
              }
            }
          },
        );
      },
    },
    stack: unknownFromNowhere({ "aws:iam/role:Role": "assumeRolePolicy" }),
  },
];

function attachment(it: { readonly policyArn: string }, report: Report): void {
  const path = "policyArn";
  report.whenKnown(
    path,
    () => it[path],
    (arn) => attached(path, arn, report),
  );
}

function attached(path: string, arn: string, report: Report): void {
  if (administration.test(arn)) report.wrong(path, arn, "its holder has full access");
}
