/**
 * Outputs that Google Cloud fills in where a program sets nothing. Sources: REST references of the APIs, and the computed fields of
 * terraform-provider-google.
 */
import { certificate } from "./certificate.ts";
import { hex, type Making, type TypeRules } from "./making.ts";

const none = (): string => "";

/** The name of an API that returns the project's number. */
const numbered = (rest: string): TypeRules => ({
  outputs: { name: `projects/{number}/${rest}` },
});

const pool = "locations/global/workloadIdentityPools/{workloadIdentityPoolId}";

/** The status of a rule's connection; only a target outside the network has one. */
const pscStatus: TypeRules = {
  outputs: {
    pscConnectionStatus: ({ inputs }) =>
      inputs.loadBalancingScheme === undefined || inputs.loadBalancingScheme === ""
        ? "ACCEPTED"
        : "",
  },
};

const isPostgres = ({ inputs, refer }: Making): boolean =>
  String(
    inputs.databaseVersion ?? refer("instance")?.state.databaseVersion ?? "POSTGRES",
  ).startsWith("POSTGRES");

const anyAddress = () => ["0.0.0.0/0"];

export const gcpDefaults: Readonly<Record<string, TypeRules>> = {
  "gcp:compute/address:Address": {
    outputs: { purpose: ({ inputs }) => (inputs.addressType === "INTERNAL" ? "GCE_ENDPOINT" : "") },
  },
  "gcp:compute/forwardingRule:ForwardingRule": pscStatus,
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": pscStatus,
  "gcp:compute/network:Network": {
    outputs: { networkId: (making) => numberOf(making), numericId: (making) => numberOf(making) },
  },
  "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": {
    outputs: { kind: "compute#firewallPolicyRule" },
  },
  "gcp:compute/route:Route": { outputs: { routeStatus: none, routeType: "STATIC" } },
  "gcp:compute/routerInterface:RouterInterface": { outputs: { ipVersion: "IPV4" } },
  "gcp:compute/routerPeer:RouterPeer": {
    outputs: { enableIpv4: () => true, managementType: "MANAGED_BY_USER" },
  },
  "gcp:compute/subnetwork:Subnetwork": {
    // Only subnetworks of load balancers have a state.
    outputs: { ipv6GceEndpoint: none, state: none },
  },
  "gcp:compute/vPNTunnel:VPNTunnel": {
    outputs: {
      detailedStatus: "Tunnel is up and running.",
      localTrafficSelectors: anyAddress,
      remoteTrafficSelectors: anyAddress,
    },
  },
  "gcp:container/cluster:Cluster": {
    outputs: {
      clusterTelemetry: () => ({ type: "ENABLED" }),
      enterpriseConfig: () => ({ clusterTier: "STANDARD", desiredTier: "" }),
      "nodeConfig.diskSizeGb": () => 100,
      "nodeConfig.diskType": "pd-balanced",
      "nodeConfig.imageType": "COS_CONTAINERD",
      "nodeConfig.loggingVariant": "DEFAULT",
      "nodeConfig.machineType": "e2-medium",
    },
  },
  "gcp:container/nodePool:NodePool": {
    outputs: {
      "nodeConfig.loggingVariant": "DEFAULT",
    },
  },
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": numbered(pool),
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": numbered(
    `${pool}/providers/{workloadIdentityPoolProviderId}`,
  ),
  "gcp:iap/tunnelDestGroup:TunnelDestGroup": numbered(
    "iap_tunnel/locations/{location}/destGroups/{groupName}",
  ),
  "gcp:managedkafka/connector:Connector": { outputs: { state: "RUNNING" } },
  "gcp:monitoring/notificationChannel:NotificationChannel": {
    // Channels for emails need no verification.
    outputs: { verificationStatus: none },
  },
  "gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy": {
    outputs: { infrastructure: "PSC" },
  },
  "gcp:pubsub/subscription:Subscription": { outputs: { ackDeadlineSeconds: () => 10 } },
  "gcp:secretmanager/secret:Secret": numbered("secrets/{secretId}"),
  "gcp:sql/database:Database": {
    outputs: {
      charset: (making) => (isPostgres(making) ? "UTF8" : "utf8mb4"),
      collation: (making) => (isPostgres(making) ? "en_US.UTF8" : "utf8mb4_0900_ai_ci"),
      selfLink:
        "https://sqladmin.googleapis.com/sql/v1beta4/projects/{project}/instances/{instance}/databases/{own}",
    },
  },
  "gcp:sql/databaseInstance:DatabaseInstance": {
    outputs: {
      instanceType: ({ inputs }) =>
        inputs.masterInstanceName === undefined ? "CLOUD_SQL_INSTANCE" : "READ_REPLICA_INSTANCE",
      maintenanceVersion: "{databaseVersion}_9.R20260105.00_00",
      serverCaCerts: serverCertificates,
      serviceAccountEmailAddress: "p{number}-{hex6}@gcp-sa-cloud-sql.iam.gserviceaccount.com",
      "settings.effectiveAvailabilityType": "{settings.availabilityType}",
      "settings.ipConfiguration.serverCaMode": "GOOGLE_MANAGED_INTERNAL_CA",
      "settings.locationPreference": () => ({}),
    },
  },
  // Only users of IAM groups have one.
  "gcp:sql/user:User": { outputs: { iamEmail: none } },
};

/** A number of 19 digits, which JavaScript holds as text only. */
function numberOf(making: Making): string {
  const digits = BigInt(`0x${hex(making, 15, "number")}`).toString();
  return digits.padEnd(19, "0").slice(0, 19).replace(/^[09]/, "1");
}

function serverCertificates(making: Making): object[] {
  return [
    {
      cert: certificate("Google Cloud SQL Server CA", hex(making, 64, "authority")),
      commonName: "C=US,O=Google\\, Inc,CN=Google Cloud SQL Server CA",
      createTime: "2026-01-05T00:00:00.000Z",
      expirationTime: "2036-01-03T00:00:00.000Z",
      sha1Fingerprint: hex(making, 40, "fingerprint"),
    },
  ];
}
