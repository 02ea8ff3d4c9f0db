import { atMost, type Combination, type Given } from "./combination.ts";

// Sources: terraform-provider-aws (eks/cluster.go validateAutoModeCustomizeDiff; ec2/vpc_nat_gateway.go); Amazon EKS, EC2 and VPC
// API references and user guides, where the service refuses the call.

const autoMode = [
  "computeConfig.enabled",
  "kubernetesNetworkConfig.elasticLoadBalancing.enabled",
  "storageConfig.blockStorage.enabled",
] as const;

const cluster: readonly Combination[] = [
  {
    property: "vpcConfig.endpointPrivateAccess",
    refuse: (given) =>
      given.is("vpcConfig.endpointPublicAccess", false, true) &&
      given.is("vpcConfig.endpointPrivateAccess", false, false)
        ? "private and public endpoint access cannot both be off"
        : undefined,
  },
  {
    property: "vpcConfig.subnetIds",
    refuse: (given) =>
      !given.has("outpostConfig") && given.list("vpcConfig.subnetIds")?.length === 1
        ? "must have subnets in at least two availability zones, got one subnet"
        : undefined,
  },
  {
    property: "computeConfig.enabled",
    refuse: (given) => {
      const on = autoMode.filter((path) => given.is(path, true));
      const off = autoMode.filter((path) => !given.has(path) || given.is(path, false));
      if (on.length > 0 && off.length > 0)
        return `${autoMode.join(", ")} must all be on or all be off`;
      if (on.length > 0 && given.is("bootstrapSelfManagedAddons", true, true)) {
        return "requires bootstrapSelfManagedAddons false";
      }
      return undefined;
    },
  },
];

const nodeGroup: readonly Combination[] = [
  {
    property: "scalingConfig.minSize",
    refuse: (given) => atMost(given, "scalingConfig.minSize", "scalingConfig.desiredSize"),
  },
  {
    property: "scalingConfig.desiredSize",
    refuse: (given) => atMost(given, "scalingConfig.desiredSize", "scalingConfig.maxSize"),
  },
  ...["diskSize", "remoteAccess"].map((name) => ({
    property: name,
    refuse: (given: Given) =>
      given.holds(name) && given.holds("launchTemplate")
        ? "must be in the launch template if there is one"
        : undefined,
  })),
];

const accessEntry: readonly Combination[] = ["kubernetesGroups", "userName"].map((name) => ({
  property: name,
  refuse: (given) => {
    const type = given.text("type") ?? "STANDARD";
    const set = given.holds(name);
    return set && type !== "STANDARD" ? `cannot be set for type ${type}` : undefined;
  },
}));

const accessPolicy: readonly Combination[] = [
  {
    property: "accessScope.namespaces",
    refuse: (given) => {
      const empty =
        !given.has("accessScope.namespaces") || given.list("accessScope.namespaces")?.length === 0;
      if (given.is("accessScope.type", "namespace") && empty)
        return "is required for scope namespace";
      return given.is("accessScope.type", "cluster") && given.holds("accessScope.namespaces")
        ? "cannot be set for scope cluster"
        : undefined;
    },
  },
];

/** A rule for TCP or UDP has an ascending range of ports. */
function ports(protocol: string): readonly Combination[] {
  const ranged = (given: Given): boolean =>
    ["tcp", "udp", "6", "17"].includes(given.text(protocol)?.toLowerCase() ?? "");
  return [
    {
      property: "fromPort",
      refuse: (given) => (ranged(given) ? atMost(given, "fromPort", "toPort") : undefined),
    },
    {
      property: "fromPort",
      refuse: (given) =>
        ranged(given) && !(given.has("fromPort") && given.has("toPort"))
          ? `fromPort and toPort are required for protocol ${given.text(protocol)}`
          : undefined,
    },
  ];
}

const flowLog: readonly Combination[] = [
  {
    property: "iamRoleArn",
    refuse: (given) =>
      given.is("logDestinationType", "cloud-watch-logs", "cloud-watch-logs") &&
      !given.has("iamRoleArn")
        ? "is required to write to CloudWatch Logs"
        : undefined,
  },
];

const onlyOf: Readonly<Record<string, readonly string[]>> = {
  Gateway: ["routeTableIds"],
  Interface: ["subnetIds", "subnetConfigurations", "securityGroupIds", "privateDnsEnabled"],
};

const vpcEndpoint: readonly Combination[] = Object.entries(onlyOf).flatMap(([kind, names]) =>
  names.map((name) => ({
    property: name,
    refuse: (given: Given) => {
      const other = kind === "Gateway" ? "Interface" : "Gateway";
      const set = given.holds(name);
      return set && given.is("vpcEndpointType", other, "Gateway")
        ? `cannot be set for an endpoint of type ${other}`
        : undefined;
    },
  })),
);

const natGateway: readonly Combination[] = [
  {
    property: "allocationId",
    refuse: (given) => {
      if (given.is("availabilityMode", "regional")) return undefined;
      const open = given.is("connectivityType", "public", "public");
      if (open && !given.has("allocationId")) return "is required for a public NAT gateway";
      return given.is("connectivityType", "private") && given.holds("allocationId")
        ? "cannot be set for a private NAT gateway"
        : undefined;
    },
  },
];

/** Combinations of AWS types. */
export const aws: Readonly<Record<string, readonly Combination[]>> = {
  "aws:eks/cluster:Cluster": cluster,
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "aws:eks/accessEntry:AccessEntry": accessEntry,
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": accessPolicy,
  "aws:ec2/securityGroupRule:SecurityGroupRule": ports("protocol"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ports("ipProtocol"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ports("ipProtocol"),
  "aws:ec2/flowLog:FlowLog": flowLog,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:ec2/natGateway:NatGateway": natGateway,
};
