/**
 * Outputs that AWS fills in where a program sets nothing, and ids that are not a name. Sources: API references of the services, and the
 * `SetId` calls and defaults of terraform-provider-aws.
 */
import { fill, hex, type Making, type TypeRules, uuid } from "./making.ts";
import { zoneOfWebsites } from "./regional-zones.ts";

/** Aurora PostgreSQL's default minor version of a major one; see components/database/versions.ts. */
const auroraMinors: Readonly<Record<string, string>> = {
  "16": "16.13",
  "17": "17.9",
  "18": "18.3",
};

/** The version that runs: a manifest names only the major one. */
function auroraVersion({ inputs: { engineVersion } }: Making): string {
  const asked = String(engineVersion ?? "17");
  return auroraMinors[asked] ?? asked;
}

const zonesIn = ({ place }: Making): string[] =>
  ["a", "b", "c"].map((letter) => `${place.region}${letter}`);

/** An output of the resource that an input refers to. */
const of =
  (property: string, output: string, otherwise: unknown = "") =>
  ({ refer }: Making): unknown =>
    refer(property)?.state[output] ?? otherwise;

const none = (): string => "";

/** The address at a place in a block: 1 for the first after the network's own. */
function addressIn(cidr: unknown, at: number): string {
  const [base = ""] = String(cidr ?? "").split("/");
  const parts = base.split(".").map(Number);
  if (parts.length !== 4) return "";
  const number = parts.reduce((sum, part) => sum * 256 + part, 0) + at;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

/** What both ends of a tunnel have: addresses of its inside block, and the BGP session of the transit gateway. */
function tunnel(number: 1 | 2): NonNullable<TypeRules["outputs"]> {
  const inside = (at: number) => (making: Making) =>
    addressIn(
      making.inputs[`tunnel${number}InsideCidr`] ??
        `169.254.${Number.parseInt(hex(making, 2, `inside${number}`), 16)}.0/30`,
      at,
    );
  return {
    [`tunnel${number}VgwInsideAddress`]: inside(1),
    [`tunnel${number}CgwInsideAddress`]: inside(2),
    [`tunnel${number}BgpAsn`]: (making) =>
      String(of("transitGatewayId", "amazonSideAsn", 64512)(making)),
    [`tunnel${number}BgpHoldtime`]: () => 30,
  };
}

export const awsDefaults: Readonly<Record<string, TypeRules>> = {
  "aws:budgets/budget:Budget": {
    outputs: { arn: "{arn:budgets}:budget/{own}", timePeriodStart: "2026-01-01_00:00" },
  },
  "aws:cloudtrail/trail:Trail": { outputs: { homeRegion: "{region}", snsTopicArn: none } },
  "aws:cloudwatch/logGroup:LogGroup": { outputs: { logGroupClass: "STANDARD" } },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    outputs: { policyScope: "ACCOUNT", revisionId: none },
  },
  "aws:costexplorer/anomalySubscription:AnomalySubscription": {
    outputs: { accountId: "{account}" },
  },
  "aws:costexplorer/costAllocationTag:CostAllocationTag": {
    id: "{tagKey}",
    outputs: { type: "UserDefined" },
  },
  "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": { id: "{region}" },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    outputs: { description: "default VPC security group" },
  },
  "aws:ec2/eip:Eip": {
    outputs: {
      carrierIp: none,
      customerOwnedIp: none,
      networkBorderGroup: "{region}",
      privateIp: none,
      publicIpv4Pool: "amazon",
    },
  },
  "aws:ec2/natGateway:NatGateway": {
    outputs: {
      availabilityMode: "zonal",
      privateIp: (making) => addressIn(of("subnetId", "cidrBlock")(making), 10),
      vpcId: of("subnetId", "vpcId"),
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    outputs: {
      dnsOptions: ({ inputs }) =>
        inputs.vpcEndpointType === "Interface" ? { dnsRecordIpType: "ipv4" } : {},
      serviceRegion: "{region}",
    },
  },
  "aws:ec2/vpnConnection:VpnConnection": {
    outputs: {
      coreNetworkArn: none,
      coreNetworkAttachmentArn: none,
      localIpv4NetworkCidr: "0.0.0.0/0",
      outsideIpAddressType: "PublicIpv4",
      presharedKeyArn: none,
      presharedKeyStorage: "Standard",
      remoteIpv4NetworkCidr: "0.0.0.0/0",
      tunnelInsideIpVersion: "ipv4",
      ...tunnel(1),
      ...tunnel(2),
    },
  },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    outputs: { securityGroupReferencingSupport: "disable" },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    // Only an association that assumes a second role has one.
    outputs: {
      externalId: (making) => (making.inputs.targetRoleArn === undefined ? "" : uuid(making)),
    },
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    outputs: {
      ipDiscovery: "ipv4",
      networkType: "ipv4",
      numNodeGroups: () => 1,
      replicasPerNodeGroup: ({ inputs }) => Math.max(0, Number(inputs.numCacheClusters ?? 1) - 1),
    },
  },
  "aws:guardduty/detectorFeature:DetectorFeature": { id: "{detectorId}/{name}" },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    outputs: { thumbprintLists: (making) => [hex(making, 40, "thumbprint")] },
  },
  "aws:msk/cluster:Cluster": {
    outputs: { customerActionStatus: "NONE", rebalancing: () => ({ status: "" }) },
  },
  "aws:msk/topic:Topic": {
    outputs: {
      arn: ({ inputs }) =>
        `${String(inputs.clusterArn).replace(":cluster/", ":topic/")}/${String(inputs.name)}`,
      configsActual: ({ inputs }) => String(inputs.configs ?? "{}"),
    },
  },
  "aws:mskconnect/customPlugin:CustomPlugin": { outputs: { state: "ACTIVE" } },
  "aws:rds/cluster:Cluster": {
    outputs: {
      allocatedStorage: () => 1,
      availabilityZones: zonesIn,
      clusterScalabilityType: "standard",
      engineVersionActual: auroraVersion,
      networkType: "IPV4",
    },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    outputs: {
      networkType: "IPV4",
      preferredBackupWindow: of("clusterIdentifier", "preferredBackupWindow"),
      storageEncrypted: of("clusterIdentifier", "storageEncrypted", false),
    },
  },
  "aws:rds/proxy:Proxy": {
    outputs: { endpointNetworkType: "IPV4", targetConnectionNetworkType: "IPV4" },
  },
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": {
    outputs: { arn: "{arn:rds}:target-group:prx-tg-{ec2}" },
  },
  // Only an instance has an endpoint and an ARN of its own.
  "aws:rds/proxyTarget:ProxyTarget": { outputs: { endpoint: none, targetArn: none } },
  "aws:rds/subnetGroup:SubnetGroup": { outputs: { supportedNetworkTypes: () => ["IPV4"] } },
  "aws:route53/record:Record": {
    outputs: { fqdn: ({ inputs }) => String(inputs.name).replace(/\.$/, "").toLowerCase() },
  },
  "aws:route53/resolverEndpoint:ResolverEndpoint": {
    outputs: Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((at) => [`ipAddresses.${at}.ipId`, "rni-{ec2}"]),
    ),
  },
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": {
    outputs: { arn: "{arn:route53resolver}:firewall-rule-group-association/{id}" },
  },
  "aws:route53/zone:Zone": {
    outputs: {
      nameServers: nameServers,
      primaryNameServer: (making) => nameServers(making)[0],
    },
  },
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": { id: "{account}" },
  "aws:s3/bucket:Bucket": {
    outputs: {
      hostedZoneId: ({ place }) => zoneOfWebsites(place.region),
      requestPayer: "BucketOwner",
      versioning: () => ({ enabled: false, mfaDelete: false }),
      // Only a website has them.
      websiteDomain: none,
      websiteEndpoint: none,
    },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    outputs: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { id: "{secretArn}" },
  "aws:securityhub/account:Account": { outputs: { arn: "{arn:securityhub}:hub/default" } },
  "aws:securityhub/standardsSubscription:StandardsSubscription": {
    id: (making) => {
      const [, standard = "unknown/v/1.0.0"] =
        /(?:standards|ruleset)\/(.+)$/.exec(String(making.inputs.standardsArn)) ?? [];
      return `${fill("{arn:securityhub}", making)}:subscription/${standard}`;
    },
  },
  "aws:sqs/queue:Queue": { outputs: { kmsDataKeyReusePeriodSeconds: () => 300 } },
  "aws:verifiedaccess/group:Group": {
    outputs: { deletionTime: none, verifiedaccessGroupArn: "{arn:ec2}:verified-access-group/{id}" },
  },
  "aws:verifiedaccess/instanceLoggingConfiguration:InstanceLoggingConfiguration": {
    id: "{verifiedaccessInstanceId}",
  },
  "aws:verifiedaccess/instanceTrustProviderAttachment:InstanceTrustProviderAttachment": {
    id: "{verifiedaccessInstanceId}/{verifiedaccessTrustProviderId}",
  },
};

/** A private zone always has the same four servers, a public one four of its own. */
function nameServers(making: Making): string[] {
  const first = Array.isArray(making.inputs.vpcs)
    ? 0
    : Number.parseInt(hex(making, 3, "servers"), 16) % 512;
  return ["com", "net", "org", "co.uk"].map((end, at) => {
    const pair = String(first % 64).padStart(2, "0");
    return `ns-${first + at * 512}.awsdns-${pair}.${end}`;
  });
}
