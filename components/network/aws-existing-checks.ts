/** Whether an existing VPC meets the requirements of a cell. Pure. */
import { contains } from "../core/cidr.ts";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, problemsOfLookup } from "../core/existing.ts";
import { roomProblems } from "./aws-existing-room.ts";
import type { AwsExistingNetworkSpec } from "./aws-existing-schema.ts";
import type { DataDemand } from "./data-demand.ts";
import type { NodeDemand } from "./node-demand.ts";

export type ExistingSubnetKind = "private" | "isolated" | "public";

export interface VpcFacts {
  readonly cidrBlocks: readonly string[];
  readonly enableDnsSupport: boolean;
  readonly enableDnsHostnames: boolean;
}

export interface SubnetFacts {
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly freeAddresses: number;
  readonly mapsPublicAddresses: boolean;
  readonly ownerId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The target of the route 0.0.0.0/0: the id of a gateway, or undefined without such a route. */
export interface RouteFacts {
  readonly defaultRoute: string | undefined;
}

export interface AwsNetworkFacts {
  readonly vpc: LookedUp<VpcFacts>;
  /** Undefined where the manifest names none. */
  readonly endpointGroup: LookedUp<{ readonly vpcId: string }> | undefined;
  /** By the subnet's id. */
  readonly subnets: Readonly<Record<string, LookedUp<SubnetFacts>>>;
  /** By the subnet's id. */
  readonly routes: Readonly<Record<string, LookedUp<RouteFacts>>>;
}

/** A subnet with its zone and kind in the manifest. */
export interface NamedSubnet {
  readonly zone: string;
  readonly kind: ExistingSubnetKind;
  readonly id: string;
}

/** All subnets that the manifest names, in the order of the zones. */
export function subnetsOf({ zones, existing }: AwsExistingNetworkSpec): NamedSubnet[] {
  return zones.flatMap((zone) =>
    (["private", "isolated", "public"] as const).flatMap((kind) => {
      const id = existing.subnets[zone]?.[kind];
      return id === undefined ? [] : [{ zone, kind, id }];
    }),
  );
}

/**
 * EKS puts its interfaces into the private subnets: "at least six addresses, but we recommend at least 16". Source: "View Amazon EKS
 * networking requirements for VPC and subnets", EKS user guide.
 */
const leastFree = 16;

/** The tags by which the AWS Load Balancer Controller finds subnets. */
const loadBalancerTags = {
  private: "kubernetes.io/role/internal-elb",
  isolated: undefined,
  public: "kubernetes.io/role/elb",
} as const;

const groupPath = "existing.endpointSecurityGroupId";

export function awsNetworkProblems(
  spec: AwsExistingNetworkSpec,
  facts: AwsNetworkFacts,
  demand: NodeDemand = { nodes: 0 },
  services: DataDemand = {},
): readonly Problem[] {
  const { vpcId } = spec.existing;
  return [
    ...problemsOfLookup("existing.vpcId", "a VPC", facts.vpc, (vpc) => vpcProblems(spec, vpc)),
    ...(facts.endpointGroup
      ? problemsOfLookup(groupPath, "a security group", facts.endpointGroup, (group) =>
          group.vpcId === vpcId
            ? []
            : [{ path: groupPath, message: `must be of ${vpcId}`, got: group.vpcId }],
        )
      : []),
    ...subnetsOf(spec).flatMap((subnet) => {
      const path = `existing.subnets.${subnet.zone}.${subnet.kind}`;
      const found = facts.subnets[subnet.id] ?? { failure: "it was not looked up" };
      const own = problemsOfLookup(path, "a subnet", found, (seen) => [
        ...placeProblems(spec, path, subnet, seen),
        ...useProblems(spec, path, subnet, seen),
      ]);
      if ("failure" in found || found.facts.vpcId !== vpcId) return own;
      const routes = facts.routes[subnet.id] ?? { failure: "it was not looked up" };
      return [
        ...own,
        ...problemsOfLookup(path, "a subnet with a route table", routes, (seen) =>
          routeProblems(path, subnet, seen),
        ),
      ];
    }),
    ...roomProblems(sizedSubnets(spec, facts), demand, services),
  ];
}

function sizedSubnets(spec: AwsExistingNetworkSpec, { subnets }: AwsNetworkFacts) {
  return subnetsOf(spec).map(({ kind, zone, id }) => {
    const found = subnets[id];
    return { kind, zone, cidr: found && "facts" in found ? found.facts.cidr : undefined };
  });
}

function vpcProblems({ cidr, existing }: AwsExistingNetworkSpec, vpc: VpcFacts): Problem[] {
  const problems: Problem[] = [];
  if (!vpc.cidrBlocks.some((block) => contains(block, cidr))) {
    problems.push({
      path: "existing.vpcId",
      message: `must have a CIDR block that contains the cell's block ${cidr}`,
      got: vpc.cidrBlocks,
    });
  }
  for (const [setting, on] of [
    ["DNS support", vpc.enableDnsSupport],
    ["DNS hostnames", vpc.enableDnsHostnames],
  ] as const) {
    if (on) continue;
    problems.push({
      path: "existing.vpcId",
      message: `must have ${setting} enabled, which the private endpoint of EKS requires: enable it for ${existing.vpcId}`,
      got: on,
    });
  }
  return problems;
}

function placeProblems(
  { cidr, existing }: AwsExistingNetworkSpec,
  path: string,
  { zone }: NamedSubnet,
  seen: SubnetFacts,
): Problem[] {
  if (seen.vpcId !== existing.vpcId) {
    return [{ path, message: `must be a subnet of ${existing.vpcId}`, got: seen.vpcId }];
  }
  const problems: Problem[] = [];
  if (seen.zone !== zone) problems.push({ path, message: `must be in ${zone}`, got: seen.zone });
  if (!contains(cidr, seen.cidr)) {
    problems.push({ path, message: `must be in the cell's block ${cidr}`, got: seen.cidr });
  }
  return problems;
}

function useProblems(
  { account, existing }: AwsExistingNetworkSpec,
  path: string,
  { kind }: NamedSubnet,
  seen: SubnetFacts,
): Problem[] {
  if (seen.vpcId !== existing.vpcId) return [];
  const problems: Problem[] = [];
  if (kind !== "public" && seen.mapsPublicAddresses) {
    problems.push({
      path,
      message: "must not assign public addresses: set MapPublicIpOnLaunch to false",
      got: true,
    });
  }
  if (kind === "private" && seen.freeAddresses < leastFree) {
    problems.push({
      path,
      message: `must have at least ${leastFree} free addresses for the control plane of EKS`,
      got: seen.freeAddresses,
    });
  }
  const tag = loadBalancerTags[kind];
  // Tags of a subnet that another account shares are not visible here: load balancers must then name their subnets.
  if (tag !== undefined && seen.ownerId === account && seen.tags[tag] !== "1") {
    problems.push({
      path,
      message: `must have the tag ${tag} = 1, by which load balancers find their subnets`,
      ...(seen.tags[tag] === undefined ? {} : { got: seen.tags[tag] }),
    });
  }
  return problems;
}

function routeProblems(
  path: string,
  { kind }: NamedSubnet,
  { defaultRoute }: RouteFacts,
): Problem[] {
  const toInternet = defaultRoute?.startsWith("igw-") ?? false;
  if (kind === "public") {
    if (toInternet) return [];
    return [
      {
        path,
        message: "must have a route of 0.0.0.0/0 to an internet gateway",
        got: defaultRoute ?? "no such route",
      },
    ];
  }
  if (toInternet) {
    return [{ path, message: "must not have a route to an internet gateway", got: defaultRoute }];
  }
  if (kind === "isolated" || defaultRoute !== undefined) return [];
  return [
    {
      path,
      message:
        "must have a route of 0.0.0.0/0, for example to a NAT gateway or a Transit Gateway: nodes pull images through it",
      got: "no such route",
    },
  ];
}
