/** Ids of Google Cloud resources, and outputs that the general rules do not cover. */
import { nounOf, serviceOf } from "../urn.ts";
import { isBag } from "../wire.ts";
import { privateKey } from "./certificate.ts";
import { gcpDataRules } from "./data-services.ts";
import { gcpDefaults } from "./gcp-defaults.ts";
import { selfLinkOf } from "./general.ts";
import { gkeRules } from "./gke.ts";
import { digits, fill, type Making, type Rule, type TypeRules } from "./making.ts";
import { gcpServiceRules } from "./service-facts.ts";

/** Ids that are not `projects/<project>/<where>/<nouns>/<name>`. */
const ids: Readonly<Record<string, Rule>> = {
  "gcp:accesscontextmanager/accessLevel:AccessLevel": "{own}",
  "gcp:accesscontextmanager/gcpUserAccessBinding:GcpUserAccessBinding":
    "organizations/{organizationId}/gcpUserAccessBindings/{hex16}",
  "gcp:billing/budget:Budget": "billingAccounts/{billingAccount}/budgets/{uuid}",
  "gcp:binaryauthorization/policy:Policy": "projects/{project}",
  "gcp:compute/firewallPolicy:FirewallPolicy": "locations/global/firewallPolicies/{digits12}",
  "gcp:compute/networkFirewallPolicyAssociation:NetworkFirewallPolicyAssociation":
    "projects/{project}/global/firewallPolicies/{firewallPolicy}/associations/{own}",
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule":
    "projects/{project}/global/firewallPolicies/{firewallPolicy}/{priority}",
  "gcp:compute/networkPeering:NetworkPeering": "{network}/{own}",
  "gcp:compute/projectMetadata:ProjectMetadata": "{project}",
  "gcp:compute/projectMetadataItem:ProjectMetadataItem": "{key}",
  "gcp:compute/routerInterface:RouterInterface": "{region}/{router}/{own}",
  "gcp:compute/routerNat:RouterNat": "{project}/{region}/{router}/{own}",
  "gcp:compute/routerPeer:RouterPeer": "projects/{project}/regions/{region}/routers/{router}/{own}",
  "gcp:dns/recordSet:RecordSet":
    "projects/{project}/managedZones/{managedZone}/rrsets/{own}/{type}",
  "gcp:dns/managedZone:ManagedZone": "projects/{project}/managedZones/{own}",
  "gcp:dns/policy:Policy": "projects/{project}/policies/{own}",
  "gcp:dns/responsePolicy:ResponsePolicy":
    "projects/{project}/responsePolicies/{responsePolicyName}",
  "gcp:dns/responsePolicyRule:ResponsePolicyRule":
    "projects/{project}/responsePolicies/{responsePolicy}/rules/{ruleName}",
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider":
    "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}/providers/{workloadIdentityPoolProviderId}",
  "gcp:iap/tunnelDestGroup:TunnelDestGroup":
    "projects/{project}/iap_tunnel/locations/{region}/destGroups/{groupName}",
  "gcp:kms/cryptoKey:CryptoKey": "{keyRing}/cryptoKeys/{own}",
  "gcp:kms/cryptoKeyVersion:CryptoKeyVersion": "{cryptoKey}/cryptoKeyVersions/1",
  "gcp:logging/projectSink:ProjectSink": "projects/{project}/sinks/{own}",
  "gcp:logging/projectBucketConfig:ProjectBucketConfig":
    "projects/{project}/locations/{location}/buckets/{bucketId}",
  "gcp:logging/projectExclusion:ProjectExclusion": "projects/{project}/exclusions/{own}",
  "gcp:managedkafka/acl:Acl":
    "projects/{project}/locations/{location}/clusters/{cluster}/acls/{aclId}",
  "gcp:managedkafka/connector:Connector":
    "projects/{project}/locations/{location}/connectClusters/{connectCluster}/connectors/{connectorId}",
  "gcp:managedkafka/topic:Topic":
    "projects/{project}/locations/{location}/clusters/{cluster}/topics/{topicId}",
  "gcp:monitoring/alertPolicy:AlertPolicy": "projects/{project}/alertPolicies/{digits19}",
  "gcp:monitoring/notificationChannel:NotificationChannel":
    "projects/{project}/notificationChannels/{digits19}",
  "gcp:organizations/project:Project": "projects/{projectId}",
  "gcp:orgpolicy/policy:Policy": "{own}",
  "gcp:projects/iAMCustomRole:IAMCustomRole": "projects/{project}/roles/{roleId}",
  "gcp:projects/service:Service": "{project}/{service}",
  "gcp:projects/serviceIdentity:ServiceIdentity": "projects/{project}/services/{service}",
  "gcp:pubsub/subscription:Subscription": "projects/{project}/subscriptions/{own}",
  "gcp:pubsub/topic:Topic": "projects/{project}/topics/{own}",
  "gcp:secretmanager/secret:Secret": "projects/{project}/secrets/{secretId}",
  "gcp:secretmanager/secretVersion:SecretVersion": "{secret}/versions/1",
  "gcp:serviceaccount/account:Account":
    "projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com",
  "gcp:serviceaccount/key:Key": "{serviceAccountId}/keys/{hex40}",
  "gcp:servicenetworking/connection:Connection": "{network}:{service}",
  "gcp:sql/database:Database": "projects/{project}/instances/{instance}/databases/{own}",
  "gcp:sql/databaseInstance:DatabaseInstance": "{own}",
  "gcp:sql/user:User": "{own}//{instance}",
  "gcp:storage/bucket:Bucket": "{own}",
  "gcp:storage/bucketObject:BucketObject": "{bucket}-{own}",
  "gcp:storage/managedFolder:ManagedFolder": "{bucket}/{own}",
};

/** Types whose `name` is their whole id. */
const namedInFull = [
  "gcp:accesscontextmanager/gcpUserAccessBinding:GcpUserAccessBinding",
  "gcp:managedkafka/acl:Acl",
  "gcp:managedkafka/cluster:Cluster",
  "gcp:managedkafka/connectCluster:ConnectCluster",
  "gcp:managedkafka/connector:Connector",
  "gcp:managedkafka/topic:Topic",
  "gcp:memorystore/instance:Instance",
  "gcp:monitoring/alertPolicy:AlertPolicy",
  "gcp:monitoring/notificationChannel:NotificationChannel",
  "gcp:projects/iAMCustomRole:IAMCustomRole",
];

const outputs: Readonly<Record<string, TypeRules>> = {
  "gcp:compute/network:Network": {
    outputs: {
      selfLink: selfLinkOf,
      gatewayIpv4: () => "",
      internalIpv6Range: () => "",
      mtu: () => 1460,
      routingMode: "REGIONAL",
    },
  },
  "gcp:compute/subnetwork:Subnetwork": {
    outputs: {
      gatewayAddress: ({ inputs }) => firstHost(String(inputs.ipCidrRange)),
      purpose: "PRIVATE",
      stackType: "IPV4_ONLY",
      privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
      ipv6CidrRange: () => "",
      privateIpGoogleAccess: () => false,
      subnetworkId: (making) => Number(digits(making, 15, "subnetworkId")),
    },
  },
  "gcp:kms/cryptoKey:CryptoKey": {
    outputs: {
      destroyScheduledDuration: "2592000s",
      primaries: ({ id }) => [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
      versionTemplate: () => ({
        algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION",
        protectionLevel: "SOFTWARE",
      }),
    },
  },
  "gcp:logging/projectSink:ProjectSink": {
    outputs: {
      writerIdentity: "serviceAccount:service-{number}@gcp-sa-logging.iam.gserviceaccount.com",
    },
  },
  "gcp:organizations/project:Project": {
    outputs: { number: (making) => digits(making, 12, "number") },
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    outputs: {
      email: ({ inputs, place }) =>
        agentEmail(String(inputs.service), place.cloud === "gcp" ? place.projectNumber : ""),
      member: ({ inputs, place }) =>
        `serviceAccount:${agentEmail(String(inputs.service), place.cloud === "gcp" ? place.projectNumber : "")}`,
    },
  },
  "gcp:serviceaccount/account:Account": {
    outputs: {
      email: "{accountId}@{project}.iam.gserviceaccount.com",
      member: "serviceAccount:{accountId}@{project}.iam.gserviceaccount.com",
      name: "{id}",
      uniqueId: "{digits21}",
    },
  },
  "gcp:serviceaccount/key:Key": {
    outputs: { privateKey: (making) => privateKey(fill("{hex64}", making)) },
  },
  "gcp:storage/bucket:Bucket": {
    outputs: {
      url: "gs://{own}",
      selfLink: "https://www.googleapis.com/storage/v1/b/{own}",
      projectNumber: (making) => Number(fill("{number}", making)),
    },
  },
  ...gcpDataRules,
  ...gkeRules,
};

export const gcpRules: Readonly<Record<string, TypeRules>> = join();

function join(): Record<string, TypeRules> {
  const joined: Record<string, TypeRules> = { ...outputs };
  for (const [type, id] of Object.entries(ids)) joined[type] = { ...joined[type], id };
  for (const [type, { outputs: own }] of [
    ...Object.entries(gcpServiceRules),
    ...Object.entries(gcpDefaults),
  ])
    joined[type] = { ...joined[type], outputs: { ...joined[type]?.outputs, ...own } };
  for (const type of namedInFull) {
    joined[type] = { ...joined[type], outputs: { ...joined[type]?.outputs, name: "{id}" } };
  }
  return joined;
}

/** `projects/<project>/<global, region, zone or location>/<nouns>/<name>`, or the id of an IAM grant. */
export function gcpIdRule({ schema, inputs, place }: Making): Rule {
  const noun = nounOf(schema.type);
  if (/iam/i.test(noun)) return grantId;
  const where = whereOf(
    schema.type,
    inputs,
    "region" in schema.properties,
    "zone" in schema.properties,
  );
  const region = place.region ?? "global";
  const filled = where.replace("{region}", String(inputs.region ?? region));
  return `projects/{project}/${filled}/${plural(collections[schema.type] ?? noun)}/{own}`;
}

/** Collections of the API whose name differs from the SDK's noun. */
const collections: Readonly<Record<string, string>> = {
  "gcp:compute/globalAddress:GlobalAddress": "address",
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": "forwardingRule",
  "gcp:compute/haVpnGateway:HaVpnGateway": "vpnGateway",
  "gcp:compute/networkFirewallPolicy:NetworkFirewallPolicy": "firewallPolicy",
  "gcp:compute/sSLPolicy:SSLPolicy": "sslPolicy",
  "gcp:compute/uRLMap:URLMap": "urlMap",
  "gcp:compute/vPNTunnel:VPNTunnel": "vpnTunnel",
};

function whereOf(
  type: string,
  inputs: Record<string, unknown>,
  regional: boolean,
  zonal: boolean,
): string {
  if (inputs.location !== undefined) return `locations/${inputs.location}`;
  if (zonal && inputs.zone !== undefined) return `zones/${inputs.zone}`;
  if (regional) return "regions/{region}";
  return serviceOf(type) === "compute" ? "global" : "locations/global";
}

/** Ids of IAM grants: `<resource>/<role>/<member>`, with a condition `/<title>/<description>/<expression>`. */
function grantId({ inputs, place, schema }: Making): string {
  const own = [
    "role",
    "member",
    "members",
    "service",
    "roleId",
    "title",
    "permissions",
    "project",
    "policyData",
  ];
  const target = Object.entries(schema.properties)
    .filter(([name, { required }]) => required && !own.includes(name))
    .map(([name]) => inputs[name])
    .find((value) => typeof value === "string");
  const project = place.cloud === "gcp" ? place.project : "";
  const service = inputs.service === undefined ? undefined : `audit/${inputs.service}`;
  return [
    target ?? inputs.project ?? project,
    inputs.role ?? inputs.roleId ?? service,
    inputs.member,
    ...conditionParts(inputs.condition),
  ]
    .filter((part) => part !== undefined)
    .join("/");
}

function conditionParts(condition: unknown): string[] {
  if (!isBag(condition)) return [];
  return [condition.title, condition.description, condition.expression].map((part) =>
    String(part ?? ""),
  );
}

function plural(noun: string): string {
  if (/(s|x|ch)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** Names of service agents. */
const agents: Readonly<Record<string, string>> = {
  "compute.googleapis.com": "compute-system",
  "container.googleapis.com": "container-engine-robot",
  "pubsub.googleapis.com": "gcp-sa-pubsub",
  "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
  "storage.googleapis.com": "gs-project-accounts",
};

function agentEmail(service: string, number: string): string {
  const agent = agents[service] ?? `gcp-sa-${service.split(".")[0]}`;
  return `service-${number}@${agent}.iam.gserviceaccount.com`;
}

function firstHost(cidr: string): string {
  const [base = ""] = cidr.split("/");
  return base.replace(/\d+$/, (last) => String(Number(last) + 1));
}
