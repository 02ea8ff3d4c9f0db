/** An existing AWS network in a rehearsal, with data that passes its checks. */
import { createHash } from "node:crypto";
import { subnetsOf } from "../../../components/network/aws-existing-checks.ts";
import type { AwsExistingNetworkSpec } from "../../../components/network/aws-existing-schema.ts";
import { planAws } from "../../../components/network/plan.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

/** The tags by which load balancers find subnets. */
const tags = {
  private: { "kubernetes.io/role/internal-elb": "1" },
  isolated: {},
  public: { "kubernetes.io/role/elb": "1" },
} as const;

/** The VPC with the cell's block, and subnets in the sizes that Atoll would plan. */
export function existingAwsNetwork(spec: AwsExistingNetworkSpec): ExistingResource[] {
  const { account, region, cidr, existing } = spec;
  const { vpcId, endpointSecurityGroupId } = existing;
  const config = { region, allowedAccountIds: [account] };
  const plan = planAws(spec);
  const subnets = subnetsOf(spec).flatMap(({ zone, kind, id }): ExistingResource[] => {
    const cidrBlock = plan.zones.find((each) => each.zone === zone)?.[kind];
    if (cidrBlock === undefined) return [];
    const table = `rtb-0${digits(id)}`;
    return [
      {
        type: "aws:ec2/subnet:Subnet",
        id,
        config,
        inputs: {
          vpcId,
          cidrBlock,
          availabilityZone: zone,
          mapPublicIpOnLaunch: false,
          tags: tags[kind],
        },
        facts: { ownerId: account },
      },
      {
        type: "aws:ec2/routeTable:RouteTable",
        id: table,
        config,
        inputs: { vpcId },
        facts: { routes: routesOf(kind, vpcId) },
      },
      {
        type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
        id: `rtbassoc-0${digits(id)}`,
        config,
        inputs: { subnetId: id, routeTableId: table },
      },
    ];
  });
  return [
    {
      type: "aws:ec2/vpc:Vpc",
      id: vpcId,
      config,
      inputs: { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true },
      facts: { ownerId: account },
    },
    ...(endpointSecurityGroupId === undefined
      ? []
      : [
          {
            type: "aws:ec2/securityGroup:SecurityGroup",
            id: endpointSecurityGroupId,
            config,
            inputs: { vpcId, name: `endpoints-${vpcId}`, description: "Interface endpoints" },
          },
        ]),
    ...subnets,
  ];
}

/** The subnets of nodes and of the control plane. */
export function privateSubnetsOf(spec: AwsExistingNetworkSpec): string[] {
  return subnetsOf(spec).flatMap(({ kind, id }) => (kind === "private" ? [id] : []));
}

function routesOf(kind: keyof typeof tags, vpcId: string): Record<string, string>[] {
  switch (kind) {
    case "private":
      return [{ cidrBlock: "0.0.0.0/0", natGatewayId: `nat-0${digits(vpcId)}` }];
    case "isolated":
      return [];
    case "public":
      return [{ cidrBlock: "0.0.0.0/0", gatewayId: `igw-0${digits(vpcId)}` }];
  }
}

/** Sixteen hexadecimal digits, derived from an id. */
function digits(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 16);
}
