/** Permissions that allow privilege escalation. */

import { concerns, type Statement } from "./iam-document.ts";
import { allowsEverything } from "./identity-policies.ts";

export interface Escalation {
  /** Counts only if allowed on all roles, users, policies or functions: on specific ones it may be intended. */
  readonly decisive: string;
  /** Further required actions, on any resource. */
  readonly beside: readonly string[];
  readonly how: string;
}

const passRole = "iam:PassRole";
const passing = (beside: readonly string[], how: string): Escalation => ({
  decisive: passRole,
  beside,
  how,
});
const alone = (decisive: string, how: string): Escalation => ({ decisive, beside: [], how });

/**
 * Sources: Rhino Security Labs, "AWS IAM Privilege Escalation: Methods and Mitigation" (2018) and its later additions; the
 * Service Authorization Reference of AWS for the names of actions.
 */
export const escalations: readonly Escalation[] = [
  alone("iam:CreatePolicyVersion", "can change a policy that it has"),
  alone(
    "iam:SetDefaultPolicyVersion",
    "can restore an older version of a policy with more permissions",
  ),
  alone("iam:AttachUserPolicy", "can attach AdministratorAccess to a user"),
  alone("iam:AttachGroupPolicy", "can attach AdministratorAccess to a group"),
  alone("iam:AttachRolePolicy", "can attach AdministratorAccess to a role"),
  alone("iam:PutUserPolicy", "can add a policy to a user"),
  alone("iam:PutGroupPolicy", "can add a policy to a group"),
  alone("iam:PutRolePolicy", "can add a policy to a role"),
  alone("iam:DeleteRolePermissionsBoundary", "can remove the permissions boundary of a role"),
  alone("iam:DeleteUserPermissionsBoundary", "can remove the permissions boundary of a user"),
  alone("iam:CreateAccessKey", "can create an access key for another user"),
  alone("iam:CreateLoginProfile", "can create a password for another user"),
  alone("iam:UpdateLoginProfile", "can change another user's password"),
  alone("iam:AddUserToGroup", "can join a group with more permissions"),
  alone("iam:UpdateAssumeRolePolicy", "can change the trust policy of another role"),
  alone("sts:AssumeRole", "can assume every role that trusts its account"),
  alone("lambda:UpdateFunctionCode", "can run its code with a function's role"),
  alone(
    "lambda:UpdateFunctionConfiguration",
    "can add its own layer to a function with another role",
  ),
  alone("glue:UpdateDevEndpoint", "can add its key to an endpoint that has a role"),
  alone("ssm:SendCommand", "can run commands with every instance's role"),
  alone("ssm:StartSession", "can open a shell with every instance's role"),
  passing(["ec2:RunInstances"], "can start an instance with another role"),
  passing(["ec2:RequestSpotInstances"], "can start an instance with another role"),
  passing(
    ["lambda:CreateFunction", "lambda:InvokeFunction"],
    "can invoke a function with another role",
  ),
  passing(
    ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    "can have a queue or table invoke a function with another role",
  ),
  passing(
    ["lambda:CreateFunction", "lambda:AddPermission"],
    "can let others invoke a function with another role",
  ),
  passing(["ecs:RunTask", "ecs:RegisterTaskDefinition"], "can run a container with another role"),
  passing(["glue:CreateDevEndpoint"], "can create an endpoint with another role"),
  passing(["glue:CreateJob", "glue:StartJobRun"], "can run a job with another role"),
  passing(["cloudformation:CreateStack"], "can create a stack with another role"),
  passing(
    ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    "can run a pipeline with another role",
  ),
  passing(["codebuild:CreateProject", "codebuild:StartBuild"], "can run a build with another role"),
  passing(["sagemaker:CreateNotebookInstance"], "can create a notebook with another role"),
  passing(
    ["states:CreateStateMachine", "states:StartExecution"],
    "can run a state machine with another role",
  ),
  passing(["ssm:StartAutomationExecution"], "can run an automation with another role"),
];

/** The first privilege escalation that the statements of one document allow. */
export function escalationIn(
  statements: readonly Statement[],
): { readonly by: Escalation; readonly statement: Statement } | undefined {
  // Statements that allow everything are covered by another control.
  const granting = statements.filter((one) => one.effect === "Allow" && !allowsEverything(one));
  for (const by of escalations) {
    if ([by.decisive, ...by.beside].some((action) => isDenied(statements, action))) continue;
    const allows = (action: string) => (one: Statement) => concerns(one, action);
    const statement = granting.find((one) => allows(by.decisive)(one) && isBroad(one));
    if (statement && by.beside.every((action) => granting.some(allows(action)))) {
      return { by, statement };
    }
  }
  return undefined;
}

function isDenied(statements: readonly Statement[], action: string): boolean {
  return statements.some(
    (one) =>
      one.effect === "Deny" &&
      one.conditions.length === 0 &&
      one.resources.includes("*") &&
      concerns(one, action),
  );
}

/** Whether it applies to all resources, or all of a kind, without a condition. */
function isBroad({ resources, notResources, conditions }: Statement): boolean {
  const wide = (resource: string) =>
    resource === "*" || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?\*$/.test(resource);
  return conditions.length === 0 && (notResources.length > 0 || resources.some(wide));
}
