import type { Statement } from "../core/iam.ts";
import type { AwsKeysSpec, Purpose } from "./schema.ts";

type Place = Pick<AwsKeysSpec, "account" | "region">;

/** In a key policy, "*" as a resource means this key. */
const thisKey = "*";

/** Who may do what with a key: the account's administrators look after it, and only its purpose may use it. */
export function keyPolicy(purpose: Purpose, place: Place): Statement[] {
  return [administration(place), ...uses[purpose](place)];
}

/** The account's IAM decides who looks after a key; looking after it does not include using it. */
export function administration({ account }: Place): Statement {
  return {
    sid: "AccountAdministration",
    principals: { aws: accountRoot(account) },
    actions: [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:RotateKeyOnDemand",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    resources: thisKey,
  };
}

/** `kms:Encrypt*` and the like, written out: a new action of AWS is not allowed before anyone has looked at it. */
const encryption = [
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const uses: Readonly<Record<Purpose, (place: Place) => Statement[]>> = {
  "cluster-secrets": clusterSecrets,
  logs,
  volumes,
};

/**
 * EKS encrypts secrets through a grant that it makes in the name of whoever creates the cluster, which their IAM policy has to
 * allow as well. `kms:GrantIsForAWSResource` may not stand here: EKS does not support it for CreateCluster (Amazon EKS user
 * guide, "Encrypt Kubernetes secrets with KMS").
 */
function clusterSecrets({ account }: Place): Statement[] {
  return [
    {
      sid: "ClustersOfTheAccount",
      principals: { aws: accountRoot(account) },
      actions: ["kms:CreateGrant", ...encryption],
      resources: thisKey,
      conditions: { StringEquals: { "kms:CallerAccount": account } },
    },
  ];
}

/** CloudWatch Logs, and only for log groups of this account and region. */
function logs({ account, region }: Place): Statement[] {
  return [
    {
      sid: "LogGroups",
      principals: { services: `logs.${region}.amazonaws.com` },
      actions: [...encryption, "kms:DescribeKey"],
      resources: thisKey,
      conditions: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*`,
        },
      },
    },
  ];
}

/**
 * EBS, which EC2 uses in the name of whoever starts a machine or asks for a volume: Karpenter and the EBS driver, whose IAM
 * policies have to allow it as well, and EC2 Auto Scaling for managed node groups, whose service-linked role has no policy of
 * ours and is named here.
 */
function volumes({ account, region }: Place): Statement[] {
  const throughEc2 = {
    StringEquals: {
      "kms:CallerAccount": account,
      "kms:ViaService": `ec2.${region}.amazonaws.com`,
    },
  };
  const grantsForAws = { Bool: { "kms:GrantIsForAWSResource": "true" } };
  const autoscaling = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return [
    {
      sid: "VolumesThroughEc2",
      principals: { aws: accountRoot(account) },
      actions: encryption,
      resources: thisKey,
      conditions: throughEc2,
    },
    {
      sid: "GrantsThroughEc2",
      principals: { aws: accountRoot(account) },
      actions: "kms:CreateGrant",
      resources: thisKey,
      conditions: { ...throughEc2, ...grantsForAws },
    },
    {
      sid: "VolumesOfAutoScaling",
      principals: { aws: autoscaling },
      actions: [...encryption, "kms:DescribeKey"],
      resources: thisKey,
    },
    {
      sid: "GrantsOfAutoScaling",
      principals: { aws: autoscaling },
      actions: "kms:CreateGrant",
      resources: thisKey,
      conditions: grantsForAws,
    },
  ];
}

function accountRoot(account: string): string {
  return `arn:aws:iam::${account}:root`;
}
