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

/** The policy of a key: administrators of the account manage it, and only its purpose can use it. */
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
 * EKS encrypts secrets through a grant on behalf of the principal that creates the cluster. Its IAM policy must also allow it.
 * The condition `kms:GrantIsForAWSResource` is not possible: EKS does not support it for CreateCluster (Amazon EKS user guide,
 * "Encrypt Kubernetes secrets with KMS").
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

/** CloudWatch Logs, for log groups of this account and region only. */
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
 * EC2 uses the key for EBS on behalf of the principal that starts an instance or creates a volume. The IAM policies of Karpenter
 * and the EBS CSI driver must also allow it. The service-linked role of EC2 Auto Scaling, which managed node groups use, cannot
 * have such a policy, so the key policy allows it. A condition selects the role: KMS refuses principals that do not exist, and AWS
 * creates the role with the first Auto Scaling group of an account.
 */
function volumes(place: Place): Statement[] {
  const { account } = place;
  const autoscaling = {
    ArnEquals: {
      "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    },
    StringEquals: { "kms:CallerAccount": account },
  };
  return [
    useThrough("VolumesThroughEc2", place, ["ec2"]),
    grantsThrough("GrantsThroughEc2", place, ["ec2"]),
    {
      sid: "VolumesOfAutoScaling",
      principals: "anyone",
      actions: [...encryption, "kms:DescribeKey"],
      resources: thisKey,
      conditions: autoscaling,
    },
    {
      sid: "GrantsOfAutoScaling",
      principals: "anyone",
      actions: "kms:CreateGrant",
      resources: thisKey,
      conditions: { ...autoscaling, ...grantsForAws },
    },
  ];
}
