/**
 * Actions that let an AWS principal escalate its privileges. Sources: Rhino Security Labs, "AWS IAM Privilege Escalation -
 * Methods and Mitigation"; Datadog's pathfinding.cloud for EKS, Step Functions, Bedrock and SSM.
 */
export interface Escalation {
  /** The escalation needs all of these. */
  readonly actions: readonly string[];
  readonly how: string;
}

const passRole = "iam:PassRole";

/** Changes of permissions. A condition that requires a permissions boundary makes them safe. */
const grants: readonly Escalation[] = [
  ["iam:AddUserToGroup", "joins a group with more permissions"],
  ["iam:AttachGroupPolicy", "attaches any policy to a group"],
  ["iam:AttachRolePolicy", "attaches any policy to a role"],
  ["iam:AttachUserPolicy", "attaches any policy to a user"],
  ["iam:CreateAccessKey", "creates access keys of another user"],
  ["iam:CreateLoginProfile", "gives another user a password"],
  ["iam:CreatePolicyVersion", "rewrites a policy"],
  ["iam:PutGroupPolicy", "writes a policy of a group"],
  ["iam:PutRolePolicy", "writes a policy of a role"],
  ["iam:PutUserPolicy", "writes a policy of a user"],
  ["iam:PutRolePermissionsBoundary", "sets a more permissive boundary of a role"],
  ["iam:PutUserPermissionsBoundary", "sets a more permissive boundary of a user"],
  ["iam:SetDefaultPolicyVersion", "restores a more permissive version of a policy"],
  ["iam:UpdateAssumeRolePolicy", "lets itself assume a role"],
  ["iam:UpdateLoginProfile", "changes the password of another user"],
].map(([action = "", how = ""]) => ({ actions: [action], how }));

/** Running code with a passed role. */
const passing: readonly Escalation[] = [
  {
    actions: [passRole, "bedrock-agentcore:CreateCodeInterpreter"],
    how: "interprets code with a role",
  },
  { actions: [passRole, "cloudformation:CreateStack"], how: "creates a stack with a role" },
  {
    actions: [passRole, "codebuild:CreateProject", "codebuild:StartBuild"],
    how: "builds with a role",
  },
  { actions: [passRole, "datapipeline:CreatePipeline"], how: "creates a pipeline with a role" },
  { actions: [passRole, "ec2:RunInstances"], how: "starts an instance with a role" },
  {
    actions: [passRole, "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    how: "runs a task with a role",
  },
  { actions: [passRole, "eks:CreatePodIdentityAssociation"], how: "gives its pods a role" },
  { actions: [passRole, "glue:CreateDevEndpoint"], how: "creates an endpoint with a role" },
  { actions: [passRole, "glue:CreateJob"], how: "runs a job with a role" },
  { actions: [passRole, "lambda:CreateFunction"], how: "runs a function with a role" },
  {
    actions: [passRole, "sagemaker:CreateNotebookInstance"],
    how: "creates a notebook with a role",
  },
  { actions: [passRole, "states:CreateStateMachine"], how: "runs a state machine with a role" },
];

/** Actions that no condition makes safe. */
const outright: readonly Escalation[] = [
  { actions: ["ec2-instance-connect:SendSSHPublicKey"], how: "connects to instances" },
  { actions: ["eks:AssociateAccessPolicy"], how: "makes itself administrator of a cluster" },
  { actions: ["glue:UpdateDevEndpoint"], how: "connects to an endpoint" },
  { actions: ["lambda:UpdateFunctionCode"], how: "changes code that runs with another role" },
  { actions: ["ssm:SendCommand"], how: "runs commands on instances" },
  { actions: ["ssm:StartSession"], how: "connects to instances" },
  { actions: ["iam:DeleteRolePermissionsBoundary"], how: "removes the boundary of a role" },
  { actions: ["iam:DeleteUserPermissionsBoundary"], how: "removes the boundary of a user" },
];

/** The conditions that prevent escalation, which AWS documents for safe delegation. */
export const mitigations = {
  boundary: "iam:PermissionsBoundary",
  passedTo: "iam:PassedToService",
} as const;

export const escalations = { grants, passing, outright, passRole } as const;
