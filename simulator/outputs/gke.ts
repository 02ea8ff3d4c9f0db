/** Outputs of GKE: both endpoints of the control plane, its CA, versions and pools. */
import { certificate, certificateAuthority, privateKey } from "./certificate.ts";
import { selfLinkOf } from "./general.ts";
import { fill, hex, type Making, type TypeRules, valueAt } from "./making.ts";

/** The default version of the REGULAR channel. */
export const DEFAULT_GKE_VERSION = "1.35.2-gke.1085000";

export const gkeRules: Readonly<Record<string, TypeRules>> = {
  "gcp:container/cluster:Cluster": {
    id: "projects/{project}/locations/{location}/clusters/{own}",
    outputs: {
      selfLink: selfLinkOf,
      endpoint: publicAddress,
      masterVersion: ({ inputs }) => fullVersion(inputs.minMasterVersion),
      nodeVersion: ({ inputs }) => fullVersion(inputs.minMasterVersion),
      location: "{location}",
      subnetwork: ({ inputs }) => inputs.subnetwork ?? "",
      networkingMode: "VPC_NATIVE",
      servicesIpv4Cidr: ({ refer, inputs }) =>
        rangeOf(refer("subnetwork")?.state, inputs, "services") ?? "34.118.224.0/20",
      clusterIpv4Cidr: ({ refer, inputs }) =>
        rangeOf(refer("subnetwork")?.state, inputs, "cluster") ?? "10.64.0.0/14",
      "ipAllocationPolicy.clusterIpv4CidrBlock": ({ refer, inputs }) =>
        rangeOf(refer("subnetwork")?.state, inputs, "cluster") ?? "",
      "ipAllocationPolicy.servicesIpv4CidrBlock": ({ refer, inputs }) =>
        rangeOf(refer("subnetwork")?.state, inputs, "services") ?? "",
      masterAuth: authority,
      "masterAuth.clusterCaCertificate": (making) => authority(making).clusterCaCertificate,
      controlPlaneEndpointsConfig: (making) => ({
        dnsEndpointConfig: { allowExternalTraffic: false, endpoint: dnsEndpoint(making) },
        ipEndpointsConfig: { enabled: true },
      }),
      "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint": dnsEndpoint,
      privateClusterConfig: (making) => ({
        enablePrivateEndpoint: false,
        enablePrivateNodes: false,
        masterIpv4CidrBlock: "",
        privateEndpoint: privateAddress(making),
        publicEndpoint: publicAddress(making),
      }),
      "privateClusterConfig.privateEndpoint": privateAddress,
      "privateClusterConfig.publicEndpoint": publicAddress,
      nodeLocations: ({ inputs, place }) => zonesOf(String(inputs.location ?? place.region)),
      databaseEncryption: () => ({ state: "DECRYPTED" }),
      datapathProvider: "DATAPATH_PROVIDER_UNSPECIFIED",
      loggingService: "logging.googleapis.com/kubernetes",
      monitoringService: "monitoring.googleapis.com/kubernetes",
      tpuIpv4CidrBlock: () => "",
      operation: () => "",
      nodePools: () => [],
    },
  },
  "gcp:container/nodePool:NodePool": {
    id: ({ inputs, place }) => {
      const { project, zone } = place.cloud === "gcp" ? place : { project: "", zone: undefined };
      const cluster = String(inputs.cluster).split("/").at(-1);
      const location =
        inputs.location ??
        /locations\/([^/]+)/.exec(String(inputs.cluster))?.[1] ??
        zone ??
        place.region;
      return `projects/${project}/locations/${location}/clusters/${cluster}/nodePools/${inputs.name}`;
    },
    outputs: {
      location: ({ refer, place }) => refer("cluster")?.state.location ?? place.region,
      version: ({ refer }) => refer("cluster")?.state.masterVersion ?? DEFAULT_GKE_VERSION,
      nodeLocations: ({ refer }) => refer("cluster")?.state.nodeLocations ?? [],
      initialNodeCount: ({ inputs }) => inputs.nodeCount ?? 1,
      nodeCount: ({ inputs }) => inputs.initialNodeCount ?? 1,
      maxPodsPerNode: () => 110,
      namePrefix: () => "",
      operation: () => "",
      instanceGroupUrls: (making) => groupUrls(making, "instanceGroupManagers"),
      managedInstanceGroupUrls: (making) => groupUrls(making, "instanceGroups"),
    },
  },
};

function authority(making: Making): {
  clusterCaCertificate: string;
  clientCertificate: string;
  clientKey: string;
  clientCertificateConfig: { issueClientCertificate: boolean };
} {
  const issued =
    valueAt(making.inputs, ["masterAuth", "clientCertificateConfig", "issueClientCertificate"]) ===
    true;
  const seed = hex(making, 64, "client");
  return {
    clusterCaCertificate: certificateAuthority(hex(making, 64, "ca")),
    clientCertificate: issued ? Buffer.from(certificate("client", seed)).toString("base64") : "",
    clientKey: issued ? Buffer.from(privateKey(seed)).toString("base64") : "",
    clientCertificateConfig: { issueClientCertificate: issued },
  };
}

function dnsEndpoint(making: Making): string {
  const region = String(making.inputs.location ?? making.place.region).replace(/-[a-z]$/, "");
  return fill(`gke-{hex40}-{number}.${region}.gke.goog`, making, "dnsEndpoint");
}

function publicAddress(making: Making): string {
  return `34.${140 + byte(making, "a", 60)}.${byte(making, "b", 255)}.${1 + byte(making, "c", 253)}`;
}

function privateAddress(making: Making): string {
  return `172.16.${byte(making, "d", 15)}.${2 + 16 * byte(making, "e", 15)}`;
}

function byte(making: Making, label: string, below: number): number {
  return Number.parseInt(hex(making, 4, label), 16) % below;
}

/** GKE accepts `1.35` or `latest`, and returns a full version. */
function fullVersion(asked: unknown): string {
  if (typeof asked !== "string" || asked === "latest" || asked === "-") return DEFAULT_GKE_VERSION;
  if (asked.includes("-gke.")) return asked;
  return /^\d+\.\d+$/.test(asked) ? `${asked}.2-gke.1085000` : `${asked}-gke.1085000`;
}

/** The range of the cluster's subnetwork for its pods or services, by name. */
function rangeOf(subnetwork: unknown, inputs: unknown, kind: "cluster" | "services"): unknown {
  const name = valueAt(inputs, ["ipAllocationPolicy", `${kind}SecondaryRangeName`]);
  const ranges = valueAt(subnetwork, ["secondaryIpRanges"]);
  const found = Array.isArray(ranges)
    ? ranges.find((range) => valueAt(range, ["rangeName"]) === name)
    : undefined;
  return valueAt(found, ["ipCidrRange"]);
}

function zonesOf(location: string): string[] {
  if (/-[a-z]$/.test(location)) return [];
  const letters = location === "europe-west1" ? ["b", "c", "d"] : ["a", "b", "c"];
  return letters.map((letter) => `${location}-${letter}`);
}

function groupUrls(making: Making, collection: string): string[] {
  const zones = making.inputs.nodeLocations ?? making.refer("cluster")?.state.nodeLocations;
  const cluster = String(making.inputs.cluster).split("/").at(-1);
  return (Array.isArray(zones) ? zones : []).map((zone) =>
    fill(
      `https://www.googleapis.com/compute/v1/projects/{project}/zones/${zone}/${collection}/gke-${cluster}-{own}-${hex(making, 8, String(zone))}-grp`,
      making,
    ),
  );
}
