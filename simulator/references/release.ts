/** What blocks the deletion of a resource: resources that need it, and its own protection. */
import { CloudError } from "../errors.ts";
import { contents } from "../invariants/contents.ts";
import { protection } from "../invariants/protection.ts";
import type { Resource, Store } from "../store.ts";
import { nounOf, packageOf, parseUrn, serviceOf } from "../urn.ts";

const none = /(?!)/;

/**
 * The types that block the deletion of a resource of the key's type; without an entry, all that refer to it. Clouds allow the
 * deletion of many resources in use: keys are only scheduled for deletion, grants are deleted with their resource.
 */
const holds: Readonly<Record<string, RegExp>> = {
  "aws:cloudwatch/logGroup:LogGroup": none,
  "aws:ec2/eip:Eip": /natGateway|eipAssociation/,
  "aws:ec2/launchTemplate:LaunchTemplate": none,
  "aws:ec2/networkAcl:NetworkAcl": /networkAclAssociation/,
  "aws:ec2/routeTable:RouteTable":
    /routeTableAssociation|RouteTableAssociation|natGateway|vpcEndpoint:/,
  "aws:ec2/securityGroup:SecurityGroup": /^(?!aws:(?:vpc|ec2)\/securityGroup\w*Rule)/,
  "aws:ec2/vpc:Vpc":
    /^(?!aws:(?:ec2\/(?:default|flowLog|vpcDhcp|mainRoute)|route53\/|cloudwatch\/))/,
  "aws:eks/cluster:Cluster": /nodeGroup|fargateProfile/,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": none,
  "aws:iam/role:Role": /^aws:iam\/(?:rolePolicy|rolePolicyAttachment|instanceProfile):/,
  "aws:kms/alias:Alias": none,
  "aws:kms/key:Key": none,
  "aws:s3/bucket:Bucket": none,
  "aws:secretsmanager/secret:Secret": none,
  "aws:sns/topic:Topic": none,
  "aws:sqs/queue:Queue": none,
  "gcp:container/cluster:Cluster": none,
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": none,
  "gcp:kms/cryptoKey:CryptoKey": none,
  "gcp:kms/keyRing:KeyRing": none,
  "gcp:pubsub/topic:Topic": none,
  "gcp:secretmanager/secret:Secret": none,
  "gcp:serviceaccount/account:Account": none,
  // Its contents are checked separately.
  "gcp:storage/bucket:Bucket": none,
};

/** AWS's error code, by service. */
const codes: Readonly<Record<string, string>> = {
  ec2: "DependencyViolation",
  eks: "ResourceInUseException",
  iam: "DeleteConflict",
  vpc: "DependencyViolation",
};

/** @throws CloudError when the resource is protected, is not empty, or is needed by another resource. */
export function refuseDeletion(resource: Resource, store: Store): void {
  protection(resource);
  const form = holds[resource.type];
  const holder = store
    .referrers(resource.key)
    .find(
      (referrer) =>
        (form === undefined || form.test(referrer.resource.type)) &&
        referrer.resource.key !== resource.key,
    );
  if (holder !== undefined) throw dependency(resource, holder.resource, holder.property);
  contents(resource, store);
}

function dependency(resource: Resource, holder: Resource, property: string): CloudError {
  const by = `${nounOf(holder.type)} ${holder.id} (${parseUrn(holder.urn).name}, property ${property})`;
  if (packageOf(resource.type) === "gcp") {
    return new CloudError(
      "resourceInUseByAnotherResource",
      `The ${nounOf(resource.type)} resource '${resource.id}' is already being used by ${by}`,
    );
  }
  return new CloudError(
    codes[serviceOf(resource.type)] ?? "ResourceInUseException",
    `The ${nounOf(resource.type)} '${resource.id}' has dependencies and cannot be deleted: ${by}`,
  );
}
