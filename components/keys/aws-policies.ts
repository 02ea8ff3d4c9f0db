import type { Statement } from "../core/iam.ts";
import {
  accountRoot,
  administration,
  encryption,
  grantsForAws,
  grantsThrough,
  type Place,
  thisKey,
  useThrough,
} from "../core/kms.ts";
import { type Purpose, serviceKeys } from "./schema.ts";

/** Who may do what with a key: the account's administrators look after it, and only its purpose may use it. */
export function keyPolicy(purpose: Purpose, place: Place): Statement[] {
  return [administration(place), ...usesOf(purpose, place)];
}

function usesOf(purpose: Purpose, place: Place): Statement[] {
  switch (purpose) {
    case "cluster-secrets":
      return clusterSecrets(place);
    case "logs":
      return logs(place);
    case "volumes":
      return volumes(place);
    default:
      return serviceKeys.find((key) => key.purpose === purpose)?.aws(place) ?? [];
  }
}

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
function volumes(place: Place): Statement[] {
  const autoscaling = `arn:aws:iam::${place.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
  return [
    useThrough("VolumesThroughEc2", place, ["ec2"]),
    grantsThrough("GrantsThroughEc2", place, ["ec2"]),
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
