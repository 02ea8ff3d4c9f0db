/** Addresses of data services, in the format of each service. */
import { isBag } from "../wire.ts";
import { certificate } from "./certificate.ts";
import { digits, fill, hex, type Making, type TypeRules, valueAt } from "./making.ts";

export const awsDataRules: Readonly<Record<string, TypeRules>> = {
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    outputs: {
      // A group with one shard has a primary and a reader endpoint, one with shards a configuration endpoint.
      primaryEndpointAddress: (making) => (isSharded(making) ? "" : cacheHost("master", making)),
      readerEndpointAddress: (making) => (isSharded(making) ? "" : cacheHost("replica", making)),
      configurationEndpointAddress: (making) =>
        isSharded(making) ? cacheHost("clustercfg", making) : "",
      memberClusters: ({ id, inputs }) =>
        Array.from(
          { length: Number(inputs.numCacheClusters ?? 1) },
          (_, index) => `${id}-00${index + 1}`,
        ),
      port: () => 6379,
    },
  },
  "aws:msk/cluster:Cluster": {
    outputs: {
      bootstrapBrokers: (making) => (listens(making, "plaintext") ? brokers(making, 9092) : ""),
      bootstrapBrokersTls: (making) => (listens(making, "tls") ? brokers(making, 9094) : ""),
      bootstrapBrokersSaslScram: (making) =>
        listens(making, "scram") ? brokers(making, 9096) : "",
      bootstrapBrokersSaslIam: (making) => (listens(making, "iam") ? brokers(making, 9098) : ""),
      clusterUuid: ({ id }) => id.split("/").at(-1) ?? "",
      currentVersion: (making) => `K${hex(making, 13, "version").toUpperCase()}`,
      enhancedMonitoring: "DEFAULT",
      storageMode: "LOCAL",
    },
    volatile: ["currentVersion"],
  },
  "aws:rds/cluster:Cluster": {
    outputs: {
      endpoint: (making) => fill("{id}.cluster-{hex12}.{region}.rds.amazonaws.com", making, "rds"),
      readerEndpoint: (making) =>
        fill("{id}.cluster-ro-{hex12}.{region}.rds.amazonaws.com", making, "rds"),
      clusterResourceId: (making) => `cluster-${hex(making, 26, "resource").toUpperCase()}`,
      hostedZoneId: "Z2R2ITUGPM61AM",
      masterUserSecrets: (making) =>
        making.inputs.manageMasterUserPassword === true
          ? [
              {
                kmsKeyId: String(making.inputs.masterUserSecretKmsKeyId ?? ""),
                secretArn: fill("{arn:secretsmanager}:secret:rds!cluster-{uuid}-{hex6}", making),
                secretStatus: "active",
              },
            ]
          : [],
      port: ({ inputs }) => (String(inputs.engine).includes("postgres") ? 5432 : 3306),
    },
  },
  "aws:rds/globalCluster:GlobalCluster": {
    outputs: {
      globalClusterMembers: ({ inputs }) =>
        inputs.sourceDbClusterIdentifier === undefined
          ? []
          : [
              {
                dbClusterArn: String(inputs.sourceDbClusterIdentifier),
                isWriter: true,
                readers: [],
              },
            ],
    },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    outputs: {
      endpoint: (making) => fill("{id}.{hex12}.{region}.rds.amazonaws.com", making, "rds"),
      port: () => 5432,
      writer: () => false,
    },
  },
  "aws:rds/proxy:Proxy": {
    outputs: {
      endpoint: (making) => fill("{id}.proxy-{hex12}.{region}.rds.amazonaws.com", making, "rds"),
    },
  },
};

export const gcpDataRules: Readonly<Record<string, TypeRules>> = {
  "gcp:compute/address:Address": {
    outputs: {
      address: (making) => addressOf(making),
      addressId: "{digits19}",
      addressType: "EXTERNAL",
    },
  },
  "gcp:compute/globalAddress:GlobalAddress": {
    outputs: { address: (making) => addressOf(making) },
  },
  "gcp:compute/haVpnGateway:HaVpnGateway": {
    outputs: {
      vpnInterfaces: (making) =>
        [0, 1].map((id) => ({
          id,
          interconnectAttachment: "",
          ipAddress: `35.${220 + id}.${octet(making, `a${id}`)}.${1 + octet(making, `b${id}`)}`,
        })),
    },
  },
  "gcp:dns/managedZone:ManagedZone": {
    outputs: {
      managedZoneId: (making) => Number(digits(making, 15, "zone")),
      nameServers: () =>
        ["a", "b", "c", "d"].map((letter) => `ns-cloud-${letter}1.googledomains.com.`),
    },
  },
  "gcp:managedkafka/cluster:Cluster": {
    outputs: {
      bootstrapAddress: "bootstrap.{clusterId}.{location}.managedkafka.{project}.cloud.goog:9092",
    },
  },
  "gcp:memorystore/instance:Instance": {
    outputs: {
      // Automatically created endpoints are returned here, and discoveryEndpoints stays empty.
      endpoints: (making) => valkeyEndpoints(making),
      discoveryEndpoints: () => [],
      managedServerCas: (making) => [
        { caCerts: [{ certificates: [certificate("memorystore", hex(making, 64, "authority"))] }] },
      ],
    },
  },
  "gcp:sql/databaseInstance:DatabaseInstance": {
    outputs: {
      connectionName: "{project}:{region}:{own}",
      dnsName: (making) => fill("{hex12}.{hex12}.{region}.sql.goog.", making, "dns"),
      firstIpAddress: (making) => privateAddressOf(making),
      privateIpAddress: (making) => privateAddressOf(making),
      publicIpAddress: () => "",
      pscServiceAttachmentLink:
        "projects/{hex16}-tp/regions/{region}/serviceAttachments/a-{hex12}-psc-service-attachment",
      selfLink: "https://sqladmin.googleapis.com/sql/v1beta4/projects/{project}/instances/{own}",
    },
  },
};

/** One discovery endpoint for a cluster; for one shard, one for writes and one for reads. */
function valkeyEndpoints(making: Making): { connections: object[] }[] {
  const { mode, desiredAutoCreatedEndpoints: asked } = making.inputs;
  const kinds = mode === "CLUSTER_DISABLED" ? ["PRIMARY", "READER"] : ["DISCOVERY"];
  return (Array.isArray(asked) ? asked : []).filter(isBag).map(({ network, projectId }) => ({
    connections: kinds.map((kind) => ({
      pscAutoConnection: {
        connectionType: `CONNECTION_TYPE_${kind}`,
        ipAddress: `10.128.${octet(making, kind)}.${2 + octet(making, `${kind}-host`)}`,
        network,
        port: 6379,
        projectId,
      },
    })),
  }));
}

/** An instance that is only reached through Private Service Connect has no address of its own. */
function privateAddressOf(making: Making): string {
  const network = valueAt(making.inputs, ["settings", "ipConfiguration", "privateNetwork"]);
  return network === undefined ? "" : `10.128.${octet(making, "a")}.${2 + octet(making, "b")}`;
}

function isSharded({ inputs }: Making): boolean {
  return inputs.numNodeGroups !== undefined || inputs.clusterMode === "enabled";
}

function cacheHost(role: string, making: Making): string {
  return fill(`${role}.{id}.{hex6}.${zoneOf(making)}.cache.amazonaws.com`, making, "cache");
}

/** Whether the brokers of a cluster have a listener; without any authentication clients are unauthenticated. */
function listens({ inputs }: Making, kind: "plaintext" | "tls" | "scram" | "iam"): boolean {
  const asked = (...path: string[]) => valueAt(inputs, ["clientAuthentication", ...path]);
  if (kind === "scram" || kind === "iam") return asked("sasl", kind) === true;
  const client = String(
    valueAt(inputs, ["encryptionInfo", "encryptionInTransit", "clientBroker"]) ?? "TLS",
  );
  const open = asked() === undefined || asked("unauthenticated") === true;
  if (kind === "plaintext") return open && client.includes("PLAINTEXT");
  return client !== "PLAINTEXT" && (open || asked("tls") !== undefined);
}

function brokers(making: Making, port: number): string {
  const count = Math.min(Number(making.inputs.numberOfBrokerNodes ?? 3), 3);
  const host = fill("{clusterName}.{hex6}.c2.kafka.{region}.amazonaws.com", making, "brokers");
  return Array.from({ length: count }, (_, index) => `b-${index + 1}.${host}:${port}`).join(",");
}

/** `use1` for `us-east-1`. */
function zoneOf({ place }: Making): string {
  return (place.region ?? "").replace(/^([a-z]+)-([a-z])[a-z]+(?:([ew])[a-z]+)?-(\d)$/, "$1$2$3$4");
}

function addressOf(making: Making): string {
  const inside = making.inputs.addressType === "INTERNAL" || making.inputs.purpose !== undefined;
  return inside
    ? `10.127.${octet(making, "a")}.${2 + octet(making, "b")}`
    : `34.76.${octet(making, "a")}.${2 + octet(making, "b")}`;
}

function octet(making: Making, label: string): number {
  return Number.parseInt(hex(making, 2, label), 16) % 252;
}
