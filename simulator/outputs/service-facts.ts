/** Outputs that a service sets by itself, in the format of its API, for types of both clouds. */
import { fill, type Making, type TypeRules, valueAt } from "./making.ts";

/** A revision: 1 at creation, one more with each update. */
const revision: TypeRules = {
  outputs: { latestRevision: ({ previous }) => Number(previous?.latestRevision ?? 0) + 1 },
  volatile: ["latestRevision"],
};

/** An output of the resource that an input refers to. */
const of =
  (property: string, output: string) =>
  ({ refer }: Making): unknown =>
    refer(property)?.state[output] ?? "";

/** The last part of an input: `shop` of `projects/p/global/firewallPolicies/shop`. */
const lastOf =
  (property: string, separator = "/") =>
  ({ inputs }: Making): string =>
    String(inputs[property] ?? "")
      .split(separator)
      .at(-1) ?? "";

/** What a Transit Gateway's attachment attaches. */
const attached: TypeRules = {
  outputs: {
    resourceId: (making) => attachment(making).id,
    resourceType: (making) => attachment(making).type,
  },
};

function attachment(making: Making): { readonly id: string; readonly type: string } {
  const target = making.refer("transitGatewayAttachmentId");
  const { vpcId, peerTransitGatewayId } = target?.state ?? {};
  if (typeof vpcId === "string") return { id: vpcId, type: "vpc" };
  if (typeof peerTransitGatewayId === "string")
    return { id: peerTransitGatewayId, type: "peering" };
  return { id: fill("vpn-{ec2}", making, "attached"), type: "vpn" };
}

/** The answer of the functions of Atoll, and an empty one of others. */
function invocationResult(input: string): string {
  try {
    const { declaration } = JSON.parse(input) as { readonly declaration?: { name?: unknown } };
    return JSON.stringify(declaration === undefined ? {} : { name: declaration.name });
  } catch {
    return "{}";
  }
}

/** Minor versions of Valkey that ElastiCache runs (ElastiCache user guide, "Supported engine versions"). */
const valkey: Readonly<Record<string, string>> = { "7.2": "7.2.6", "8.0": "8.0.1" };

export const awsServiceRules: Readonly<Record<string, TypeRules>> = {
  "aws:ec2/vpnConnection:VpnConnection": {
    outputs: { transitGatewayAttachmentId: "tgw-attach-{ec2}" },
  },
  "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": {
    outputs: { peerTransitGatewayId: of("transitGatewayAttachmentId", "transitGatewayId") },
  },
  "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": attached,
  "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": attached,
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": { outputs: { vpcOwnerId: "{account}" } },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    outputs: {
      engineVersionActual: ({ inputs: { engineVersion } }) =>
        valkey[String(engineVersion)] ?? `${String(engineVersion ?? "8.1")}.0`,
    },
  },
  "aws:lambda/invocation:Invocation": {
    id: "{functionName}_$LATEST_{hex32}",
    // What a function returns is its own. Atoll's say what they made.
    outputs: { result: ({ inputs }) => invocationResult(String(inputs.input ?? "")) },
    volatile: ["result"],
  },
  "aws:glue/schema:Schema": { outputs: { registryName: lastOf("registryArn") } },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    outputs: {
      name: ({ inputs }) => linkedRole(String(inputs.awsServiceName ?? "")),
      path: "/aws-service-role/{awsServiceName}/",
      uniqueId: "AROA{HEX16}",
    },
  },
  "aws:lambda/function:Function": { outputs: { version: "$LATEST" } },
  "aws:msk/clusterPolicy:ClusterPolicy": { outputs: { currentVersion: "K{HEX13}" } },
  "aws:msk/configuration:Configuration": revision,
  "aws:mskconnect/connector:Connector": { outputs: { version: "K{HEX13}" } },
  "aws:mskconnect/customPlugin:CustomPlugin": revision,
  "aws:mskconnect/workerConfiguration:WorkerConfiguration": revision,
  "aws:rds/clusterInstance:ClusterInstance": {
    outputs: {
      dbSubnetGroupName: of("clusterIdentifier", "dbSubnetGroupName"),
      dbiResourceId: "db-{HEX26}",
      engineVersion: of("clusterIdentifier", "engineVersion"),
      engineVersionActual: of("clusterIdentifier", "engineVersionActual"),
      kmsKeyId: of("clusterIdentifier", "kmsKeyId"),
    },
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": { outputs: { name: "default" } },
  "aws:rds/proxyTarget:ProxyTarget": {
    id: (making) =>
      `${fill("{dbProxyName}/{targetGroupName}", making)}/${targetType(making)}/${targetOf(making)}`,
    outputs: {
      port: () => 5432,
      rdsResourceId: targetOf,
      // Only an instance that is a target of its own has the cluster's name.
      trackedClusterId: "",
      type: targetType,
    },
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": {
    id: ({ inputs, ...making }) =>
      fill(
        inputs.direction === "OUTBOUND" ? "rslvr-out-{ec2}" : "rslvr-in-{ec2}",
        { ...making, inputs },
        "id",
      ),
    outputs: { hostVpcId: (making) => vpcOf(making) },
  },
  "aws:verifiedaccess/endpoint:Endpoint": {
    outputs: { verifiedAccessInstanceId: of("verifiedAccessGroupId", "verifiedaccessInstanceId") },
  },
  "aws:verifiedaccess/group:Group": { outputs: { verifiedaccessGroupId: "{id}" } },
};

/** Names of service-linked roles that are not the service's own name. */
const linkedRoles: Readonly<Record<string, string>> = {
  "autoscaling.amazonaws.com": "AutoScaling",
  "eks.amazonaws.com": "AmazonEKS",
  "elasticloadbalancing.amazonaws.com": "ElasticLoadBalancing",
  "guardduty.amazonaws.com": "AmazonGuardDuty",
  "rds.amazonaws.com": "RDS",
  "spot.amazonaws.com": "EC2Spot",
};

/** The name of the role of a service that AWS links to it. */
export function linkedRole(service: string): string {
  const [first = ""] = service.split(".");
  const own = linkedRoles[service] ?? first.charAt(0).toUpperCase() + first.slice(1);
  return `AWSServiceRoleFor${own}`;
}

function targetOf({ inputs }: Making): string {
  return String(inputs.dbClusterIdentifier ?? inputs.dbInstanceIdentifier ?? "");
}

function targetType({ inputs }: Making): string {
  return inputs.dbClusterIdentifier === undefined ? "RDS_INSTANCE" : "TRACKED_CLUSTER";
}

/** The VPC of the first referenced resource that is in one. */
function vpcOf({ references }: Making): string {
  const found = references.map(({ target }) => target.state.vpcId);
  return String(found.find((vpcId) => typeof vpcId === "string") ?? "");
}

/** A resource of Kafka as its ACLs name it: `topic/orders`, `topicPrefixed/orders.`, `allTopics`, `cluster`. */
function aclPart(part: "resourceType" | "resourceName" | "patternType") {
  return ({ inputs }: Making): string => {
    const [kind = "", name] = String(inputs.aclId ?? "").split("/");
    const type = kind.replace(/^all|Prefixed$|s$/g, "").toUpperCase();
    const whole = kind === "cluster" ? "kafka-cluster" : "*";
    if (part === "resourceType")
      return type.replace(/^(TRANSACTIONAL)(ID)$/, "$1_$2").replace("CONSUMERGROUP", "GROUP");
    if (part === "resourceName") return name ?? whole;
    return kind.endsWith("Prefixed") ? "PREFIXED" : "LITERAL";
  };
}

const number = ({ id, ...making }: Making) =>
  Number(fill("{digits15}", { ...making, id }, "number"));
const forwarding: TypeRules = {
  outputs: {
    forwardingRuleId: number,
    pscConnectionId: "{digits17}",
    // Only rules with a service label have one.
    serviceName: ({ inputs }) => String(valueAt(inputs, ["serviceLabel"]) ?? ""),
  },
};

export const gcpServiceRules: Readonly<Record<string, TypeRules>> = {
  "gcp:billing/budget:Budget": { outputs: { name: "{uuid}" } },
  "gcp:compute/forwardingRule:ForwardingRule": forwarding,
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": forwarding,
  "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy": {
    outputs: { networkFirewallPolicyId: "{digits19}" },
  },
  "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation": {
    outputs: { shortName: lastOf("firewallPolicy") },
  },
  "gcp:compute/vPNTunnel:VPNTunnel": { outputs: { tunnelId: "{digits19}" } },
  "gcp:container/cluster:Cluster": { outputs: { emulatedVersion: "" } },
  "gcp:managedkafka/acl:Acl": {
    outputs: {
      patternType: aclPart("patternType"),
      resourceName: aclPart("resourceName"),
      resourceType: aclPart("resourceType"),
    },
  },
};
