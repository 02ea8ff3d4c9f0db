/** Whether an existing GKE cluster meets the requirements of a cell. Pure. */
import type { Problem } from "../core/errors.ts";
import { type LookedUp, problemsOfLookup } from "../core/existing.ts";
import { workloadPool } from "./gcp-args.ts";
import type { GcpExistingClusterSpec } from "./gcp-existing-schema.ts";
import { minorOf } from "./versions.ts";

export interface GkeFacts {
  /** Full version of the control plane. */
  readonly version: string;
  readonly autopilot: boolean;
  /** Self links or resource names. */
  readonly network: string;
  readonly subnetwork: string;
  /** Names of the secondary ranges; empty for a cluster that is not VPC-native. */
  readonly podRange: string;
  readonly serviceRange: string;
  readonly privateNodes: boolean;
  /** Whether the control plane has an IP endpoint with a public address. */
  readonly publicEndpoint: boolean;
  /** Blocks that reach the IP endpoint; undefined where every address does. */
  readonly authorizedNetworks: readonly string[] | undefined;
  /** Whether VMs of all Google Cloud customers reach the IP endpoint. */
  readonly googlePublicAddresses: boolean;
  /** Host of the DNS endpoint, where it accepts traffic from outside Google Cloud. */
  readonly dnsEndpoint: string | undefined;
  /** Host of the IP endpoint; empty when it is disabled. */
  readonly ipEndpoint: string;
  /** Base64 of the PEM certificate of the IP endpoint. */
  readonly certificateAuthority: string;
  /** Empty without Workload Identity. */
  readonly workloadPool: string;
  /** `ADVANCED_DATAPATH` for Dataplane V2. */
  readonly datapath: string;
  /** Whether Calico enforces network policies. */
  readonly calico: boolean;
  /** State of the encryption of Kubernetes secrets. */
  readonly encryption: string;
  readonly legacyAuthorization: boolean;
  readonly persistentDiskDriver: boolean;
}

export interface GcpClusterFacts {
  readonly cluster: LookedUp<GkeFacts>;
}

/** A requirement: whether it is met, the message if not, and what was found. */
type Requirement = readonly [met: boolean, message: string, got: unknown];

const path = "existing.name";

export function gcpClusterProblems(
  spec: GcpExistingClusterSpec,
  { cluster }: GcpClusterFacts,
): readonly Problem[] {
  return problemsOfLookup(path, "a GKE cluster", cluster, (seen) => [
    ...versionProblems(spec, seen),
    ...[...placement(spec, seen), ...reachability(seen), ...security(spec, seen)].flatMap(
      ([met, message, got]) => (met ? [] : [{ path, message, got }]),
    ),
  ]);
}

/** GKE upgrades the control plane, so it may be newer. */
function versionProblems({ version }: GcpExistingClusterSpec, seen: GkeFacts): Problem[] {
  if (minorNumber(seen.version) >= minorNumber(version)) return [];
  const message = `must not be newer than the cluster, which has ${seen.version}: upgrade the cluster or correct the manifest`;
  return [{ path: "version", message, got: version }];
}

function minorNumber(version: string): number {
  return Number(minorOf(version)?.split(".")[1]);
}

function placement(
  { project, region, network = {} }: GcpExistingClusterSpec,
  seen: GkeFacts,
): Requirement[] {
  const { network: vpc, subnetwork, podRange, serviceRange } = network;
  return [
    [!seen.autopilot, "must be a Standard cluster: Atoll adds node pools", "Autopilot"],
    [
      seen.network.endsWith(`projects/${project}/global/networks/${vpc}`),
      `must be in ${vpc}, the network of network.existing`,
      seen.network,
    ],
    [
      seen.subnetwork.endsWith(`projects/${project}/regions/${region}/subnetworks/${subnetwork}`),
      `must be in ${subnetwork}, the subnetwork of network.existing`,
      seen.subnetwork,
    ],
    [
      seen.podRange === podRange,
      `must be VPC-native with ${podRange}, the podRange of network.existing`,
      seen.podRange,
    ],
    [
      seen.serviceRange === serviceRange,
      `must be VPC-native with ${serviceRange}, the serviceRange of network.existing`,
      seen.serviceRange,
    ],
    [
      seen.privateNodes,
      "must have private nodes: set default private nodes for the cluster",
      seen.privateNodes,
    ],
  ];
}

function reachability(seen: GkeFacts): Requirement[] {
  const blocks = seen.authorizedNetworks;
  const open = seen.publicEndpoint && (blocks?.some((block) => block.endsWith("/0")) ?? true);
  return [
    [
      !open,
      "must not open its control plane to the internet: disable the public IP endpoint, or limit the authorized networks",
      blocks ?? "every address",
    ],
    [
      open || !seen.publicEndpoint || !seen.googlePublicAddresses,
      "must not open its control plane to public addresses of Google Cloud: use --no-enable-google-cloud-access",
      seen.googlePublicAddresses,
    ],
    [
      seen.dnsEndpoint !== undefined || seen.ipEndpoint !== "",
      "must have an endpoint: allow external traffic to the DNS endpoint, or enable the IP endpoint",
      "none",
    ],
  ];
}

const encrypted: readonly string[] = ["ENCRYPTED", "ALL_OBJECTS_ENCRYPTION_ENABLED"];

function security({ project }: GcpExistingClusterSpec, seen: GkeFacts): Requirement[] {
  const pool = workloadPool(project);
  return [
    [
      seen.workloadPool === pool,
      `must have Workload Identity with the pool ${pool}`,
      seen.workloadPool || "none",
    ],
    [
      seen.datapath === "ADVANCED_DATAPATH" || seen.calico,
      "must enforce network policies: with Dataplane V2, or with Calico where the cluster was created without it",
      seen.datapath || "none",
    ],
    [
      encrypted.includes(seen.encryption),
      "must encrypt Kubernetes secrets with a Cloud KMS key: gcloud container clusters update --database-encryption-key",
      seen.encryption || "none",
    ],
    [!seen.legacyAuthorization, "must not use legacy authorization (ABAC)", true],
    [
      seen.persistentDiskDriver,
      "must have the Compute Engine persistent disk CSI driver, for volumes of Atoll's storage class",
      false,
    ],
  ];
}
