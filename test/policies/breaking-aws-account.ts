import { type Breaking, type Fine, logGroup, role, trail, type Unknown } from "./mutation.ts";
import { document } from "./passing-aws-account.ts";

const key = "aws:kms/key:Key";
const keyPolicy = "aws:kms/keyPolicy:KeyPolicy";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

const allow = (Action: string | string[], rest: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...rest,
});
const trust = (Principal: unknown, Condition?: object, Action = "sts:AssumeRole") =>
  document({ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) });

const policyTypes = [
  ["aws:iam/groupPolicy:GroupPolicy", "policy"],
  ["aws:iam/policy:Policy", "policy"],
  [role, "inlinePolicies[0].policy"],
  [rolePolicy, "policy"],
] as const;

const github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const audience = {
  StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
};

/** Keys, permissions, trails and defaults of an AWS account. */
export const breakingAwsAccount: readonly Breaking[] = [
  { control: "KMS1", type: key, path: "enableKeyRotation", value: undefined },
  { control: "KMS1", type: key, path: "enableKeyRotation", value: false },
  { control: "KMS1", type: key, path: "rotationPeriodInDays", value: 730 },
  {
    control: "KMS2",
    type: key,
    path: "policy",
    value: document(allow("kms:*", { Principal: "*" })),
  },
  {
    control: "KMS2",
    type: keyPolicy,
    path: "policy",
    value: document(
      allow("kms:Decrypt", {
        Principal: { AWS: ["arn:aws:iam::111122223333:root", "*"] },
        Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
      }),
    ),
  },
  {
    control: "KMS2",
    type: keyPolicy,
    path: "policy",
    value: document(
      allow("kms:Decrypt", {
        Principal: "*",
        Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
      }),
    ),
  },
  ...policyTypes.flatMap(([type, path]): Breaking[] => [
    { control: "IAM1", type, path, value: document(allow("*")) },
    {
      control: "IAM3",
      type,
      path,
      value: document(allow("iam:AttachRolePolicy")),
      says: "AdministratorAccess to a role",
    },
  ]),
  {
    control: "IAM1",
    type: rolePolicy,
    path: "policy",
    value: document({ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }),
    says: "NotAction",
  },
  {
    control: "IAM1",
    type: role,
    path: "managedPolicyArns[0]",
    value: "arn:aws:iam::aws:policy/AdministratorAccess",
  },
  ...(
    [
      "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
      "aws:iam/policyAttachment:PolicyAttachment",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ] as const
  ).map((type): Breaking => {
    const value = "arn:aws:iam::aws:policy/AdministratorAccess";
    return { control: "IAM1", type, path: "policyArn", value };
  }),
  {
    control: "IAM2",
    type: "aws:iam/policyAttachment:PolicyAttachment",
    path: "users",
    value: ["anna"],
  },
  { control: "IAM3", type: rolePolicy, path: "policy", value: document(allow("iam:*")) },
  {
    control: "IAM3",
    type: rolePolicy,
    path: "policy",
    value: document(
      allow("lambda:*", { Resource: "arn:aws:lambda:us-east-1:111122223333:function:a" }),
      allow("iam:Pass*", { Resource: "arn:aws:iam::111122223333:role/*" }),
    ),
    says: "a function with another role",
  },
  {
    control: "IAM4",
    type: role,
    path: "assumeRolePolicy",
    value: trust("*"),
    says: "anyone on AWS",
  },
  {
    control: "IAM4",
    type: role,
    path: "assumeRolePolicy",
    value: trust({ Service: ["ec2.amazonaws.com", "s3.amazonaws.com"] }),
    says: "for whom s3.amazonaws.com can act",
  },
  {
    control: "IAM4",
    type: role,
    path: "assumeRolePolicy",
    value: trust({ Service: "s3.amazonaws.com" }, { StringLike: { "aws:SourceAccount": "*" } }),
  },
  {
    control: "IAM4",
    type: role,
    path: "assumeRolePolicy",
    value: trust({ Federated: github }, audience, "sts:AssumeRoleWithWebIdentity"),
    says: ":sub",
  },
  { control: "CT1", type: trail, path: "isMultiRegionTrail", value: undefined },
  { control: "CT1", type: trail, path: "includeGlobalServiceEvents", value: false },
  { control: "CT1", type: trail, path: "enableLogging", value: false },
  { control: "CT2", type: trail, path: "enableLogFileValidation", value: undefined },
  { control: "CT3", type: trail, path: "kmsKeyId", value: undefined },
  { control: "CT4", type: trail, path: "advancedEventSelectors", value: undefined },
  {
    control: "CT4",
    type: trail,
    path: "advancedEventSelectors[1].fieldSelectors[2]",
    value: { field: "readOnly", equals: ["true"] },
    says: "advancedEventSelectors",
  },
  { control: "LOG1", type: logGroup, path: "kmsKeyId", value: undefined },
  { control: "LOG1", type: logGroup, path: "retentionInDays", value: undefined },
  { control: "LOG1", type: logGroup, path: "retentionInDays", value: 0 },
  {
    control: "EBS2",
    type: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    path: "enabled",
    value: false,
  },
];

/** One value each that is unknown until deployment. */
export const unknownsAwsAccount: readonly Unknown[] = [
  { control: "KMS1", type: key, path: "enableKeyRotation" },
  { control: "KMS2", type: key, path: "policy" },
  { control: "IAM1", type: role, path: "managedPolicyArns[0]" },
  { control: "IAM2", type: "aws:iam/policyAttachment:PolicyAttachment", path: "users" },
  { control: "CT1", type: trail, path: "isMultiRegionTrail" },
  { control: "CT2", type: trail, path: "enableLogFileValidation" },
  { control: "CT4", type: trail, path: "advancedEventSelectors" },
  { control: "LOG1", type: logGroup, path: "retentionInDays" },
  { control: "EBS2", type: "aws:ebs/encryptionByDefault:EncryptionByDefault", path: "enabled" },
];

/** Changes that look like violations. */
export const fineAwsAccount: readonly Fine[] = [
  {
    type: key,
    path: "policy",
    value: undefined,
    because: "KMS then gives the account the key",
  },
  {
    type: rolePolicy,
    path: "policy",
    value: document(
      allow("iam:PassRole", { Resource: "arn:aws:iam::111122223333:role/nodes" }),
      allow("ec2:RunInstances"),
    ),
    because: "one named role is passed",
  },
  {
    type: rolePolicy,
    path: "policy",
    value: document(allow("iam:*"), { Effect: "Deny", Action: "iam:*", Resource: "*" }),
    because: "it is denied again",
  },
  {
    type: role,
    path: "assumeRolePolicy",
    value: trust({ Service: "ec2.amazonaws.com" }),
    because: "EC2 acts for machines of the account only",
  },
  {
    type: role,
    path: "assumeRolePolicy",
    value: trust(
      { Federated: github },
      {
        ...audience,
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/shop:*" },
      },
      "sts:AssumeRoleWithWebIdentity",
    ),
    because: "the subject is limited",
  },
  {
    type: trail,
    path: "advancedEventSelectors[1].fieldSelectors[2]",
    value: { field: "readOnly", equals: ["false"] },
    because: "writes are what counts",
  },
  {
    type: logGroup,
    path: "logGroupClass",
    value: "STANDARD",
    because: "it is the default",
  },
];
