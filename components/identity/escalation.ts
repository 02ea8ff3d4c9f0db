/**
 * What lets a principal of AWS give itself more than it was given. Sources: Rhino Security Labs, "AWS IAM Privilege Escalation -
 * Methods and Mitigation"; Datadog's pathfinding.cloud for EKS, Step Functions, Bedrock and SSM.
 */
export interface Escalation {
  /** Every one of these has to be allowed. */
  readonly actions: readonly string[];
  readonly how: string;
}

const passRole = "iam:PassRole";

/** Changes to who may do what. A permissions boundary that is asked for by condition takes the sting out of them. */
const grants: readonly Escalation[] = [
  ["iam:AddUserToGroup", "joins a group that may more"],
  ["iam:AttachGroupPolicy", "attaches any policy to a group"],
  ["iam:AttachRolePolicy", "attaches any policy to a role"],
  ["iam:AttachUserPolicy", "attaches any policy to a user"],
  ["iam:CreateAccessKey", "makes keys of another user"],
  ["iam:CreateLoginProfile", "gives another user a password"],
  ["iam:CreatePolicyVersion", "rewrites a policy"],
  ["iam:PutGroupPolicy", "writes a policy of a group"],
  ["iam:PutRolePolicy", "writes a policy of a role"],
  ["iam:PutUserPolicy", "writes a policy of a user"],
  ["iam:PutRolePermissionsBoundary", "puts a wider boundary around a role"],
  ["iam:PutUserPermissionsBoundary", "puts a wider boundary around a user"],
  ["iam:SetDefaultPolicyVersion", "goes back to a wider version of a policy"],
  ["iam:UpdateAssumeRolePolicy", "lets itself assume a role"],
  ["iam:UpdateLoginProfile", "changes the password of another user"],
].map(([action = "", how = ""]) => ({ actions: [action], how }));

/** Code that runs under a role of somebody else's, which is handed over for it. */
const passing: readonly Escalation[] = [
  {
    actions: [passRole, "bedrock-agentcore:CreateCodeInterpreter"],
    how: "interprets code under a role",
  },
  { actions: [passRole, "cloudformation:CreateStack"], how: "makes a stack under a role" },
  {
    actions: [passRole, "codebuild:CreateProject", "codebuild:StartBuild"],
    how: "builds under a role",
  },
  { actions: [passRole, "datapipeline:CreatePipeline"], how: "makes a pipeline under a role" },
  { actions: [passRole, "ec2:RunInstances"], how: "starts a machine under a role" },
  {
    actions: [passRole, "ecs:RegisterTaskDefinition", "ecs:RunTask"],
    how: "runs a task under a role",
  },
  { actions: [passRole, "eks:CreatePodIdentityAssociation"], how: "gives its pods a role" },
  { actions: [passRole, "glue:CreateDevEndpoint"], how: "opens an endpoint under a role" },
  { actions: [passRole, "glue:CreateJob"], how: "runs a job under a role" },
  { actions: [passRole, "lambda:CreateFunction"], how: "runs a function under a role" },
  { actions: [passRole, "sagemaker:CreateNotebookInstance"], how: "opens a notebook under a role" },
  { actions: [passRole, "states:CreateStateMachine"], how: "runs a state machine under a role" },
];

/** What no condition of AWS makes safe. */
const outright: readonly Escalation[] = [
  { actions: ["ec2-instance-connect:SendSSHPublicKey"], how: "signs in to machines" },
  { actions: ["eks:AssociateAccessPolicy"], how: "makes itself administrator of a cluster" },
  { actions: ["glue:UpdateDevEndpoint"], how: "signs in to an endpoint" },
  { actions: ["lambda:UpdateFunctionCode"], how: "changes code that runs under another role" },
  { actions: ["ssm:SendCommand"], how: "runs commands on machines" },
  { actions: ["ssm:StartSession"], how: "signs in to machines" },
  { actions: ["iam:DeleteRolePermissionsBoundary"], how: "lifts the boundary of a role" },
  { actions: ["iam:DeleteUserPermissionsBoundary"], how: "lifts the boundary of a user" },
];

/** The condition that takes away each escalation: AWS documents both as the means to delegate safely. */
export const mitigations = {
  boundary: "iam:PermissionsBoundary",
  passedTo: "iam:PassedToService",
} as const;

export const escalations = { grants, passing, outright, passRole } as const;
