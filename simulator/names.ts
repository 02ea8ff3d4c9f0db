/** Names and attachments that must be unique besides the id, and the clouds' errors for duplicates. */
import { CloudError } from "./errors.ts";
import { fill, type Making, ownNameProperty } from "./outputs/making.ts";
import type { AwsPlace, GcpPlace } from "./place.ts";
import type { ResourceSchema } from "./schema/index.ts";
import type { Resource } from "./store.ts";
import { packageOf, serviceOf } from "./urn.ts";
import { type Bag, isBag } from "./wire.ts";

/** The key that must be unique, or undefined if these inputs have none. */
type Claim = (inputs: Bag) => string | undefined;

/**
 * Unique within the place of the resource. Of settings of a whole account or region a cloud accepts a second owner and overwrites the
 * first one's; here it is refused, because whoever is destroyed first would take the setting from the other.
 */
const claims: Readonly<Record<string, Claim>> = {
  "aws:accessanalyzer/analyzer:Analyzer": ({ type = "ACCOUNT" }) => String(type),
  "aws:cfg/deliveryChannel:DeliveryChannel": () => "one in a region",
  "aws:cfg/recorder:Recorder": () => "one in a region",
  "aws:costexplorer/costAllocationTag:CostAllocationTag": by("tagKey"),
  "aws:ebs/defaultKmsKey:DefaultKmsKey": () => "one in a region",
  "aws:ebs/encryptionByDefault:EncryptionByDefault": () => "one in a region",
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": () => "one in a region",
  "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": () => "one in a region",
  "aws:ec2/internetGateway:InternetGateway": by("vpcId"),
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": by("vpcId"),
  "aws:ec2/launchTemplate:LaunchTemplate": by("name"),
  "aws:ec2/natGateway:NatGateway": by("allocationId"),
  "aws:ec2/networkAclRule:NetworkAclRule": by("networkAclId", "ruleNumber", "egress"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": by("subnetId"),
  "aws:ec2/securityGroup:SecurityGroup": by("vpcId", "name"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": (inputs) =>
    inputs.privateDnsEnabled === true ? by("vpcId", "serviceName")(inputs) : undefined,
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": by("transitGatewayId", "vpcId"),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": by(
    "clusterName",
    "namespace",
    "serviceAccount",
  ),
  "aws:guardduty/detector:Detector": () => "one in a region",
  "aws:guardduty/detectorFeature:DetectorFeature": by("detectorId", "name"),
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": by("awsServiceName", "customSuffix"),
  "aws:msk/cluster:Cluster": by("clusterName"),
  "aws:route53/profilesAssociation:ProfilesAssociation": by("resourceId"),
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": by(
    "vpcId",
    "priority",
  ),
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": () => "one in an account",
  "aws:secretsmanager/secret:Secret": by("name"),
  "aws:securityhub/standardsSubscription:StandardsSubscription": by("standardsArn"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleClaim,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleClaim,
  "gcp:compute/routerInterface:RouterInterface": by("router", "region", "name"),
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": by("workloadIdentityPoolId"),
  "gcp:sql/databaseInstance:DatabaseInstance": by("name"),
  "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": by(
    "network",
    "location",
    "serviceClass",
  ),
};

/** Unique across all accounts and projects. */
const worldWide: Readonly<Record<string, Claim>> = {
  "gcp:accesscontextmanager/gcpUserAccessBinding:GcpUserAccessBinding": by(
    "organizationId",
    "groupKey",
  ),
  "aws:s3/bucket:Bucket": by("bucket"),
  "gcp:organizations/project:Project": by("projectId"),
  "gcp:storage/bucket:Bucket": (inputs) =>
    typeof inputs.name === "string" ? inputs.name.toLowerCase() : undefined,
};

function by(...properties: string[]): Claim {
  return (inputs) => {
    const values = properties.map((property) => inputs[property]);
    return values[0] === undefined
      ? undefined
      : values.map((value) => String(value ?? "")).join("|");
  };
}

function ruleClaim(inputs: Bag): string {
  const {
    tags: _tags,
    description: _description,
    region: _region,
    tagsAll: _all,
    ...rule
  } = inputs;
  return JSON.stringify(Object.entries(rule).sort());
}

export function namesOf(schema: ResourceSchema, inputs: Bag, place: AwsPlace | GcpPlace): string[] {
  const { type } = schema;
  const local = claims[type]?.(inputs);
  const global = worldWide[type]?.(inputs);
  return [
    ...(local === undefined ? [] : [`${place.key}|${type}|${local}`]),
    ...(global === undefined ? [] : [`${type}|${global}`]),
  ];
}

/** Types whose names stay reserved after deletion, and whether a resource's name does. */
const reserving: Readonly<Record<string, (state: Bag) => boolean>> = {
  // Until the end of its recovery window.
  "aws:secretsmanager/secret:Secret": ({ recoveryWindowInDays }) => recoveryWindowInDays !== 0,
  // For a week: https://cloud.google.com/sql/docs/postgres/delete-instance
  "gcp:sql/databaseInstance:DatabaseInstance": () => true,
  // For 30 days: https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": () => true,
};

export function namesKeptBy({ type, place, state }: Resource): string[] {
  const kept = reserving[type]?.(state) ? claims[type]?.(state) : undefined;
  return kept === undefined ? [] : [`${place}|${type}|${kept}`];
}

/** The error for a new resource with a reserved name. */
export function keptName(making: Making, why: string): CloudError {
  if (packageOf(making.schema.type) === "gcp") {
    return new CloudError(
      "alreadyExists",
      `Error 409: the name of ${describe(making)} is reserved (${why})`,
    );
  }
  return new CloudError(
    "InvalidRequestException",
    `You can't create ${describe(making)} because one with this name is already scheduled for deletion (${why})`,
  );
}

/** The property in which a replacement conflicts with the old resource, which must then be deleted first. */
export function collidingName(schema: ResourceSchema): string | undefined {
  return ownNameProperty(schema);
}

const codes: Readonly<Record<string, string>> = {
  "aws:accessanalyzer/analyzer:Analyzer": "ServiceQuotaExceededException",
  "aws:cfg/deliveryChannel:DeliveryChannel": "MaxNumberOfDeliveryChannelsExceededException",
  "aws:cfg/recorder:Recorder": "MaxNumberOfConfigurationRecordersExceededException",
  "aws:ec2/internetGateway:InternetGateway": "Resource.AlreadyAssociated",
  "aws:ec2/launchTemplate:LaunchTemplate": "InvalidLaunchTemplateName.AlreadyExistsException",
  "aws:ec2/natGateway:NatGateway": "InvalidAllocationID.InUse",
  "aws:ec2/networkAclRule:NetworkAclRule": "NetworkAclEntryAlreadyExists",
  "aws:ec2/route:Route": "RouteAlreadyExists",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "Resource.AlreadyAssociated",
  "aws:ec2/securityGroup:SecurityGroup": "InvalidGroup.Duplicate",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "InvalidParameter",
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": "DuplicateTransitGatewayAttachment",
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": "InvalidInput",
  "aws:s3/bucket:Bucket": "BucketAlreadyOwnedByYou",
  "aws:securityhub/account:Account": "ResourceConflictException",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "InvalidPermission.Duplicate",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "InvalidPermission.Duplicate",
};

const codesOfServices: Readonly<Record<string, string>> = {
  cloudwatch: "ResourceAlreadyExistsException",
  eks: "ResourceInUseException",
  iam: "EntityAlreadyExists",
  kms: "AlreadyExistsException",
  sqs: "QueueAlreadyExists",
};

/** The error for a second resource with the same name. */
export function duplicate(making: Making, holder: Resource): CloudError {
  const { type } = making.schema;
  const whose = `created by ${holder.urn}`;
  if (packageOf(type) === "gcp") {
    return new CloudError(
      "alreadyExists",
      `The resource '${fill("{id}", making)}' already exists (${whose})`,
    );
  }
  const code = codes[type] ?? codesOfServices[serviceOf(type)] ?? "ResourceAlreadyExistsException";
  const what = describe(making);
  return new CloudError(code, `${what} already exists or is taken (${whose})`);
}

function describe({ schema, inputs, id }: Making): string {
  const name = ownNameProperty(schema);
  const value = name === undefined ? undefined : inputs[name];
  return `'${typeof value === "string" && !isBag(value) ? value : id}'`;
}
