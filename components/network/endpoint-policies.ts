import type { Conditions, Statement } from "../core/iam.ts";
import type { AwsNetworkSpec, InterfaceService } from "./aws-schema.ts";
import { imageBuckets } from "./registries.ts";

type Place = Pick<AwsNetworkSpec, "account" | "organization" | "region">;

/** Principals of the account, or of the whole organisation. */
function ourPrincipals({ account, organization }: Place): Record<string, string> {
  return organization
    ? { "aws:PrincipalOrgID": organization }
    : { "aws:PrincipalAccount": account };
}

/** Resources of the account, or of the whole organisation. */
function ourResources({ account, organization }: Place): Record<string, string> {
  return organization ? { "aws:ResourceOrgID": organization } : { "aws:ResourceAccount": account };
}

/**
 * S3: only own principals and own buckets, so that data cannot be exfiltrated with credentials of another account or to a bucket of
 * another account. Also the buckets that nodes need: image layers, which registries serve from S3 inside of AWS, and packages of Amazon
 * Linux 2023.
 */
export function s3Policy(place: Place): Statement[] {
  const { region } = place;
  return [
    ours("OursOnly", "s3:*", { ...ourPrincipals(place), ...ourResources(place) }),
    {
      sid: "ImagesAndPackages",
      principals: "anyone",
      actions: "s3:GetObject",
      resources: [
        ...imageBuckets(region).map((bucket) => `arn:aws:s3:::${bucket}/*`),
        `arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
      ],
    },
  ];
}

/** DynamoDB: only own principals and own tables. */
export function dynamodbPolicy(place: Place): Statement[] {
  return [ours("OursOnly", "dynamodb:*", { ...ourPrincipals(place), ...ourResources(place) })];
}

/**
 * Interface endpoints: only own principals. Resources are not limited: images of EKS add-ons and public parameters belong to AWS
 * accounts. Undefined for the EKS endpoints, which accounts of the control plane also call.
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
          // A workload that exchanges its token for a role has no principal yet.
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
