/** Permissions with which an identity gives itself more than it was given. */

import { concerns, type Statement } from "./iam-document.ts";
import { allowsEverything } from "./identity-policies.ts";

export interface Escalation {
  /** Has to be allowed on all roles, users, policies or functions: on a few named ones it may be meant. */
  readonly decisive: string;
  /** What it takes beside that, on whatever resource. */
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
 * service authorisation reference of AWS for the names of actions.
 */
export const escalations: readonly Escalation[] = [
  alone("iam:CreatePolicyVersion", "rewrites a policy that it has"),
  alone("iam:SetDefaultPolicyVersion", "brings back an older, wider version of a policy"),
  alone("iam:AttachUserPolicy", "attaches AdministratorAccess to a user"),
  alone("iam:AttachGroupPolicy", "attaches AdministratorAccess to a group"),
  alone("iam:AttachRolePolicy", "attaches AdministratorAccess to a role"),
  alone("iam:PutUserPolicy", "writes itself a policy"),
  alone("iam:PutGroupPolicy", "writes its group a policy"),
  alone("iam:PutRolePolicy", "writes its role a policy"),
  alone("iam:DeleteRolePermissionsBoundary", "takes the limit off a role"),
  alone("iam:DeleteUserPermissionsBoundary", "takes the limit off a user"),
  alone("iam:CreateAccessKey", "makes itself a key of another user"),
  alone("iam:CreateLoginProfile", "gives another user a password"),
  alone("iam:UpdateLoginProfile", "changes another user's password"),
  alone("iam:AddUserToGroup", "joins a group that may more"),
  alone("iam:UpdateAssumeRolePolicy", "lets itself into another role"),
  alone("sts:AssumeRole", "becomes every role that trusts its account"),
  alone("lambda:UpdateFunctionCode", "runs its code under a function's role"),
  alone("lambda:UpdateFunctionConfiguration", "puts a layer of its own under a function's role"),
  alone("glue:UpdateDevEndpoint", "puts its key on an endpoint that has a role"),
  alone("ssm:SendCommand", "runs commands under every machine's role"),
  alone("ssm:StartSession", "opens a shell under every machine's role"),
  passing(["ec2:RunInstances"], "starts a machine under another role"),
  passing(["ec2:RequestSpotInstances"], "starts a machine under another role"),
  passing(["lambda:CreateFunction", "lambda:InvokeFunction"], "calls a function of another role"),
  passing(
    ["lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    "has a function of another role called by a queue or a table",
  ),
  passing(
    ["lambda:CreateFunction", "lambda:AddPermission"],
    "has a function of another role called from elsewhere",
  ),
  passing(["ecs:RunTask", "ecs:RegisterTaskDefinition"], "runs a container under another role"),
  passing(["glue:CreateDevEndpoint"], "opens an endpoint under another role"),
  passing(["glue:CreateJob", "glue:StartJobRun"], "runs a job under another role"),
  passing(["cloudformation:CreateStack"], "has a stack made under another role"),
  passing(
    ["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    "runs a pipeline under another role",
  ),
  passing(["codebuild:CreateProject", "codebuild:StartBuild"], "builds under another role"),
  passing(["sagemaker:CreateNotebookInstance"], "opens a notebook under another role"),
  passing(["states:CreateStateMachine", "states:StartExecution"], "runs steps of another role"),
  passing(["ssm:StartAutomationExecution"], "runs an automation under another role"),
];

/** The first way in which these statements, of one document, lead to more rights. */
export function escalationIn(
  statements: readonly Statement[],
): { readonly by: Escalation; readonly statement: Statement } | undefined {
  // Who may do everything has nowhere to go; that is another control's matter.
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

/** Whether it is for everything, or everything of a kind, and under no condition. */
function isBroad({ resources, notResources, conditions }: Statement): boolean {
  const wide = (resource: string) =>
    resource === "*" || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?\*$/.test(resource);
  return conditions.length === 0 && (notResources.length > 0 || resources.some(wide));
}
