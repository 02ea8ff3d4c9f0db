/**
 * Default quotas of a new account or project. Sources: Amazon VPC, EC2, EKS, IAM and MSK "quotas" pages; Google Cloud
 * "VPC quotas and limits" and "GKE quotas and limits".
 */
import { countLimits } from "../../components/core/service-limits.ts";
import { CloudError } from "../errors.ts";
import type { Resource } from "../store.ts";
import { nounOf } from "../urn.ts";
import type { Change } from "./invariant.ts";

interface Quota {
  readonly limit: number;
  /** AWS's error code, or the name of Google's metric. */
  readonly code: string;
  /** The property whose resource has the quota; without it, the whole place. */
  readonly per?: string;
  /** The property whose values have a quota each. */
  readonly apart?: string;
}

const quotas: Readonly<Record<string, Quota>> = {
  "aws:ec2/vpc:Vpc": { limit: 5, code: "VpcLimitExceeded" },
  "aws:ec2/eip:Eip": { limit: 5, code: "AddressLimitExceeded" },
  "aws:ec2/internetGateway:InternetGateway": { limit: 5, code: "InternetGatewayLimitExceeded" },
  "aws:ec2/subnet:Subnet": { limit: 200, code: "SubnetLimitExceeded", per: "vpcId" },
  "aws:ec2/routeTable:RouteTable": { limit: 200, code: "RouteTableLimitExceeded", per: "vpcId" },
  "aws:ec2/route:Route": { limit: 500, code: "RouteLimitExceeded", per: "routeTableId" },
  "aws:ec2/natGateway:NatGateway": { limit: 15, code: "NatGatewayLimitExceeded" },
  "aws:ec2/securityGroup:SecurityGroup": { limit: 2500, code: "SecurityGroupLimitExceeded" },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { limit: 50, code: "VpcEndpointLimitExceeded", per: "vpcId" },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    limit: countLimits.rulesPerNetworkAcl,
    code: "NetworkAclEntryLimitExceeded",
    per: "networkAclId",
    apart: "egress",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    limit: countLimits.rulesPerSecurityGroup,
    code: "RulesPerSecurityGroupLimitExceeded",
    per: "securityGroupId",
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    limit: countLimits.rulesPerSecurityGroup,
    code: "RulesPerSecurityGroupLimitExceeded",
    per: "securityGroupId",
  },
  "aws:ec2transitgateway/transitGateway:TransitGateway": {
    limit: 5,
    code: "TransitGatewayLimitExceeded",
  },
  "aws:eks/cluster:Cluster": { limit: 100, code: "ResourceLimitExceededException" },
  "aws:eks/nodeGroup:NodeGroup": {
    limit: 30,
    code: "ResourceLimitExceededException",
    per: "clusterName",
  },
  "aws:iam/role:Role": { limit: 1000, code: "LimitExceeded" },
  "aws:iam/policy:Policy": { limit: 1500, code: "LimitExceeded" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    limit: countLimits.managedPoliciesPerRole,
    code: "LimitExceeded",
    per: "role",
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    limit: countLimits.logResourcePolicies,
    code: "LimitExceededException",
  },
  "aws:route53/resolverFirewallRule:ResolverFirewallRule": {
    limit: countLimits.rulesPerDnsRuleGroup,
    code: "LimitExceededException",
    per: "firewallRuleGroupId",
  },
  "gcp:compute/network:Network": { limit: 15, code: "NETWORKS" },
  "gcp:compute/router:Router": { limit: 20, code: "ROUTERS" },
  "gcp:compute/firewall:Firewall": {
    limit: countLimits.firewallRulesPerProject,
    code: "FIREWALLS",
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": {
    limit: countLimits.customRolesPerProject,
    code: "CUSTOM_ROLES",
  },
};

/** @throws CloudError when one more would exceed the quota. */
export function quota({ store, type, place, inputs, references, previous }: Change): void {
  const known = quotas[type];
  if (known === undefined || previous !== undefined) return;
  const parent = references.find(({ property }) => property === known.per)?.target;
  const standing =
    known.per === undefined
      ? store.countOfType(type, place.key)
      : parent === undefined
        ? 0
        : countOf(store, parent, type, known, inputs);
  if (standing < known.limit) return;
  const scope = known.per === undefined ? place.key : `${known.per} ${String(inputs[known.per])}`;
  if (place.cloud === "gcp") {
    throw new CloudError(
      "quotaExceeded",
      `Quota '${known.code}' exceeded. Limit: ${known.limit}.0 in ${scope}`,
    );
  }
  throw new CloudError(
    known.code,
    `The maximum number of ${nounOf(type)} resources (${known.limit}) has been reached in ${scope}`,
  );
}

function countOf(
  store: Change["store"],
  parent: Resource,
  type: string,
  { per = "", apart }: Quota,
  inputs: Change["inputs"],
): number {
  if (apart === undefined) return store.countReferrers(parent.key, type, per);
  const value = inputs[apart] ?? false;
  return store
    .referrers(parent.key, type)
    .filter(
      ({ resource, property }) => property === per && (resource.inputs[apart] ?? false) === value,
    ).length;
}
