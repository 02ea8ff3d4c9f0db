/** Identity policies, in every resource type that has one. */
import type { ResourceChecks } from "./control.ts";
import { type Statement, statementsOf } from "./iam-document.ts";
import type { Report } from "./report.ts";

export type JudgeDocument = (
  statements: readonly Statement[],
  path: string,
  report: Report,
) => void;

/**
 * Judges identity policies of all resource types. A document that is unknown in a preview contains ARNs of resources that are not
 * created yet, possibly of another stack; the update judges it before creating its resource.
 */
export function identityChecks(judge: JudgeDocument): ResourceChecks {
  const one = (holder: { readonly policy?: unknown }, path: string, report: Report) => {
    report.whenKnown(
      path,
      () => holder.policy,
      (policy) => judge(statementsOf(policy), path, report),
    );
  };
  return {
    "aws:iam/groupPolicy:GroupPolicy": (group, report) => one(group, "policy", report),
    "aws:iam/policy:Policy": (policy, report) => one(policy, "policy", report),
    "aws:iam/role:Role": (role, report) => {
      report.each("inlinePolicies", role.inlinePolicies, ({ policy }, path) =>
        judge(statementsOf(policy), `${path}.policy`, report),
      );
    },
    "aws:iam/rolePolicy:RolePolicy": (role, report) => one(role, "policy", report),
    "aws:iam/userPolicy:UserPolicy": (user, report) => one(user, "policy", report),
  };
}

/** Whether it allows all or nearly all actions on all resources. */
export function allowsEverything(statement: Statement): boolean {
  const { effect, actions, notActions, resources } = statement;
  const actionsOpen = notActions.length > 0 || actions.some((action) => /^\*(:\*)?$/.test(action));
  return effect === "Allow" && actionsOpen && resources.includes("*");
}
