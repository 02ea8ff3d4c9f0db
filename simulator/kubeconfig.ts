/** The cluster in a kubernetes provider's configuration. */
import { parse } from "yaml";
import { CloudError } from "./errors.ts";
import { type Bag, isBag } from "./wire.ts";

export interface ClusterAddress {
  readonly server: string;
  /** The namespace of the current context. */
  readonly namespace: string | undefined;
  /** The description of an on-premises site, from the kubeconfig's extension `atoll.dev/rehearsal`. */
  readonly site: Site | undefined;
}

/** An existing on-premises cluster, as described for a rehearsal. */
export interface Site {
  /** Identifies the cluster when its address changes. @default the address */
  readonly uid?: string | undefined;
  readonly version: string;
  readonly nodes: readonly SiteNode[];
  /** API versions that are already installed in the site's cluster, for example `cilium.io/v2`. */
  readonly apis: readonly string[];
  /** Names of its default classes by kind: `PriorityClass`, `StorageClass`, `IngressClass`. */
  readonly defaultClasses: Readonly<Record<string, string>>;
  /** Names of all of its StorageClasses. @default unknown: those that objects name are presumed */
  readonly storageClasses?: readonly string[] | undefined;
  /** Port of the endpoints behind the service `kubernetes`. */
  readonly apiServerPort: number;
}

export interface SiteNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly cpu: string;
  readonly memory: string;
  /** Pods that its kubelet allows. @default 110, the default of Kubernetes */
  readonly pods?: string;
  /** The range of its pods. @default none, as with plugins that have their own ranges */
  readonly podCidr?: string;
}

export const SITE_EXTENSION = "atoll.dev/rehearsal";

/** Cache, because parsing the same kubeconfig in each call would dominate the run time. */
const parsed = new Map<string, ClusterAddress>();
const REMEMBERED = 64;

/** @throws CloudError `Unauthorized` when there is no kubeconfig, or none that names a cluster. */
export function clusterOf(config: Bag): ClusterAddress {
  const { kubeconfig } = config;
  const given = typeof kubeconfig === "string" ? kubeconfig : JSON.stringify(kubeconfig ?? null);
  const context = typeof config.context === "string" ? config.context : "";
  const cluster = typeof config.cluster === "string" ? config.cluster : "";
  const key = `${context}|${cluster}|${given}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const address = read(given, context, cluster);
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(key, address);
  return address;
}

function read(given: string, context: string, cluster: string): ClusterAddress {
  const config = parseKubeconfig(given);
  const chosen = entry(config.contexts, context || config["current-context"], "context");
  const named = entry(config.clusters, cluster || chosen?.cluster, "cluster");
  const server = named?.server;
  if (typeof server !== "string") {
    throw new CloudError(
      "InvalidConfiguration",
      "the kubeconfig's current context has no cluster with a server",
    );
  }
  const namespace = chosen?.namespace;
  return {
    server,
    namespace: typeof namespace === "string" ? namespace : undefined,
    site: siteOf(named?.extensions, server),
  };
}

/**
 * The active cluster's entry in a kubeconfig, as pulumi-kubernetes finds it: without a current context, or with one that is not in
 * the list, there is none.
 */
export function activeCluster({ kubeconfig, context, cluster }: Bag): Bag | undefined {
  const given = typeof kubeconfig === "string" ? parse(kubeconfig) : kubeconfig;
  if (!isBag(given)) return undefined;
  const chosen = named(given.contexts, context ?? given["current-context"], "context");
  return chosen && named(given.clusters, cluster ?? chosen.cluster, "cluster");
}

function named(list: unknown, name: unknown, body: string): Bag | undefined {
  const entries = Array.isArray(list) ? list.filter(isBag) : [];
  const value = entries.find((each) => each.name === name)?.[body];
  return isBag(value) ? value : undefined;
}

/** The place of an on-premises cluster in the store. */
export function sitePlace({ server, site }: ClusterAddress): string {
  return `kubernetes/${site?.uid ?? server}`;
}

function parseKubeconfig(given: string): Bag {
  let config: unknown;
  try {
    config = parse(given);
  } catch {
    config = undefined;
  }
  if (isBag(config)) return config;
  throw new CloudError(
    "InvalidConfiguration",
    "the kubernetes.Provider needs the content of its kubeconfig as a string; a rehearsal reads neither files nor the ambient context",
  );
}

/** The body of the named entry of a kubeconfig's list, or of its only one. */
function entry(list: unknown, name: unknown, body: string): Bag | undefined {
  const entries = Array.isArray(list) ? list.filter(isBag) : [];
  const found =
    entries.find((each) => each.name === name) ?? (entries.length === 1 ? entries[0] : undefined);
  const value = found?.[body];
  return isBag(value) ? value : undefined;
}

function siteOf(extensions: unknown, server: string): Site | undefined {
  const entries = Array.isArray(extensions) ? extensions.filter(isBag) : [];
  const extension = entries.find((each) => each.name === SITE_EXTENSION)?.extension;
  if (!isBag(extension)) return undefined;
  const nodes = Array.isArray(extension.nodes) ? extension.nodes.filter(isBag) : [];
  const apis = Array.isArray(extension.apis) ? extension.apis : [];
  return {
    uid: typeof extension.uid === "string" ? extension.uid : undefined,
    version: String(extension.version ?? "v1.35.0"),
    nodes: nodes.map((node) => ({
      name: String(node.name),
      labels: isBag(node.labels) ? (node.labels as Record<string, string>) : {},
      cpu: String(node.cpu ?? "4"),
      memory: String(node.memory ?? "16Gi"),
      ...(node.pods === undefined ? {} : { pods: String(node.pods) }),
      ...(typeof node.podCidr === "string" ? { podCidr: node.podCidr } : {}),
    })),
    apis: apis.map(String),
    defaultClasses: isBag(extension.defaultClasses)
      ? (extension.defaultClasses as Record<string, string>)
      : {},
    storageClasses: Array.isArray(extension.storageClasses)
      ? extension.storageClasses.map(String)
      : undefined,
    apiServerPort: Number(extension.apiServerPort ?? (new URL(server).port || 443)),
  };
}
