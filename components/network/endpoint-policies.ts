import type { Conditions, Statement } from "../core/iam.ts";
import type { AwsNetworkSpec, InterfaceService } from "./aws-schema.ts";

type Place = Pick<AwsNetworkSpec, "account" | "organization" | "region">;

/** Callers of ours: this account, or every account of the organisation. */
function ourPrincipals({ account, organization }: Place): Record<string, string> {
  return organization
    ? { "aws:PrincipalOrgID": organization }
    : { "aws:PrincipalAccount": account };
}

/** Things of ours. */
function ourResources({ account, organization }: Place): Record<string, string> {
  return organization ? { "aws:ResourceOrgID": organization } : { "aws:ResourceAccount": account };
}

/**
 * S3: our callers reach our buckets, so that stolen credentials of another account cannot carry data out, and ours cannot
 * carry it into a stranger's bucket. Beside them the buckets that AWS keeps for nodes: layers of container images in ECR
 * (Amazon ECR user guide, "Minimum Amazon S3 bucket permissions") and packages of Amazon Linux 2023.
 */
export function s3Policy(place: Place): Statement[] {
  const { region } = place;
  return [
    ours("OursOnly", "s3:*", { ...ourPrincipals(place), ...ourResources(place) }),
    {
      sid: "BucketsOfAws",
      principals: "anyone",
      actions: "s3:GetObject",
      resources: [
        `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
        `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
      ],
    },
  ];
}

/** DynamoDB: our callers reach our tables. */
export function dynamodbPolicy(place: Place): Statement[] {
  return [ours("OursOnly", "dynamodb:*", { ...ourPrincipals(place), ...ourResources(place) })];
}

/**
 * An interface endpoint: our callers only. What they reach is not narrowed: images of EKS add-ons and public parameters
 * belong to accounts of AWS. Undefined for the EKS endpoints, whose calls come from the control plane's own accounts as well.
 */
export function interfacePolicy(service: InterfaceService, place: Place): Statement[] | undefined {
  switch (service) {
    case "eks":
    case "eks-auth":
      return undefined;
    case "sts":
      return [
        ours("OursOnly", "sts:*", ourPrincipals(place)),
        {
          // A workload that trades its token for a role has no principal yet.
          sid: "TokensForOurRoles",
          principals: "anyone",
          actions: "sts:AssumeRoleWithWebIdentity",
          resources: `arn:aws:iam::${place.account}:role/*`,
        },
      ];
    default:
      return [ours("OursOnly", `${actionPrefixes[service]}:*`, ourPrincipals(place))];
  }
}

const actionPrefixes: Readonly<
  Record<Exclude<InterfaceService, "eks" | "eks-auth" | "sts">, string>
> = {
  "ecr.api": "ecr",
  "ecr.dkr": "ecr",
  ec2: "ec2",
  logs: "logs",
  kms: "kms",
  secretsmanager: "secretsmanager",
  sqs: "sqs",
  autoscaling: "autoscaling",
  ssm: "ssm",
  elasticloadbalancing: "elasticloadbalancing",
};

function ours(sid: string, actions: string, equals: Record<string, string>): Statement {
  const conditions: Conditions = { StringEquals: equals };
  return { sid, principals: "anyone", actions, resources: "*", conditions };
}
