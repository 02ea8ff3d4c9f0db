/** Resources of an AWS account that meet every control, with the blueprint's settings. */
const account = "111122223333";

export const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

const readOnly = document({
  Sid: "Read",
  Effect: "Allow",
  Action: ["ec2:DescribeInstances", "s3:Get*"],
  Resource: "*",
});

export const passingAwsAccount = {
  "aws:cloudtrail/trail:Trail": {
    s3BucketName: "prod-audit-111122223333",
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogging: true,
    enableLogFileValidation: true,
    kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1",
    advancedEventSelectors: [
      { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", notStartsWiths: ["arn:aws:s3:::prod-audit-111122223333/"] },
        ],
      },
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    name: "/prod/aws-use1/msk-brokers",
    kmsKeyId: "arn:aws:kms:us-east-1:111122223333:key/1",
    retentionInDays: 365,
  },
  "aws:ebs/encryptionByDefault:EncryptionByDefault": { enabled: true },
  "aws:iam/groupPolicy:GroupPolicy": { group: "auditors", policy: readOnly },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    group: "auditors",
    policyArn: "arn:aws:iam::aws:policy/SecurityAudit",
  },
  "aws:iam/policy:Policy": { policy: readOnly },
  "aws:iam/policyAttachment:PolicyAttachment": {
    roles: ["auditor"],
    policyArn: "arn:aws:iam::aws:policy/SecurityAudit",
  },
  "aws:iam/role:Role": {
    assumeRolePolicy: document({
      Effect: "Allow",
      Principal: { Service: "rds.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: { StringEquals: { "aws:SourceAccount": account } },
    }),
    managedPolicyArns: ["arn:aws:iam::aws:policy/SecurityAudit"],
    inlinePolicies: [{ name: "read", policy: readOnly }],
  },
  "aws:iam/rolePolicy:RolePolicy": { role: "auditor", policy: readOnly },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    role: "nodes",
    policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
  },
  "aws:kms/key:Key": {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    policy: document({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    }),
  },
  "aws:s3/bucket:Bucket": { bucket: "prod-audit", objectLockEnabled: true },
  "aws:s3/bucketAcl:BucketAcl": {
    bucket: "prod-audit",
    accessControlPolicy: {
      owner: { id: "1" },
      grants: [
        {
          grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
          permission: "WRITE",
        },
      ],
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": {
    bucket: "prod-audit",
    policy: document({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: "arn:aws:s3:::prod-audit/*",
    }),
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    bucket: "prod-audit",
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  },
  "aws:kms/keyPolicy:KeyPolicy": {
    keyId: "1",
    policy: document({
      Effect: "Allow",
      Principal: "*",
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringEquals: { "kms:CallerAccount": account } },
    }),
  },
};
