/** Objects that exist in a cluster without having been created by a stack: nodes of a site, initial namespaces, API services. */
import type { Site, SiteNode } from "../kubeconfig.ts";
import type { Resource } from "../store.ts";
import type { Bag } from "../wire.ts";
import { uid } from "./status.ts";

/** Namespaces that every cluster has. */
export const firstNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-system",
  "kube-public",
  "kube-node-lease",
]);

const NAMESPACE = "kubernetes:core/v1:Namespace";
const NODE = "kubernetes:core/v1:Node";
const ENDPOINTS = "kubernetes:discovery.k8s.io/v1:EndpointSlice";
const API_SERVICE = "kubernetes:apiregistration.k8s.io/v1:APIService";

/** The cluster's properties that the objects depend on. */
export interface ClusterContext {
  readonly place: string;
  readonly site: Site | undefined;
  /** Whether it serves an API, for example `gateway.networking.k8s.io/v1`. */
  readonly serves: (apiVersion: string) => boolean;
}

/** The object as returned by a read; undefined if the cluster has none with this name. */
export function existingObject(
  cluster: ClusterContext,
  type: string,
  id: string,
): Resource | undefined {
  const object = objectOf(cluster, type, id);
  if (object === undefined) return undefined;
  return {
    // Not a row of the store: it cannot be changed or deleted.
    key: -1,
    urn: "",
    stack: "",
    type,
    place: cluster.place,
    id,
    inputs: inputsOf(object),
    state: object,
    secrets: [],
    acknowledged: true,
  };
}

function inputsOf({ status: _, ...inputs }: Bag): Bag {
  return inputs;
}

function objectOf(
  { place, site, serves }: ClusterContext,
  type: string,
  name: string,
): Bag | undefined {
  switch (type) {
    case NODE: {
      const found = site?.nodes.find((node) => node.name === name);
      return site && found && nodeObject(found, site.version);
    }
    case NAMESPACE:
      return firstNamespaces.has(name) ? namespaceObject(name, place) : undefined;
    case ENDPOINTS:
      return name === "default/kubernetes" && site
        ? endpointsObject(site.apiServerPort)
        : undefined;
    case API_SERVICE:
      return serves(apiVersionOf(name)) ? apiServiceObject(name) : undefined;
    default:
      return site && defaultClass(type, name, site);
  }
}

/** Kinds of default classes, with what marks the default. */
const classes: Readonly<
  Record<string, { apiVersion: string; kind: string; marks: Bag; annotations: Bag }>
> = {
  "kubernetes:scheduling.k8s.io/v1:PriorityClass": {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    marks: { value: 1000, globalDefault: true },
    annotations: {},
  },
  "kubernetes:storage.k8s.io/v1:StorageClass": {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    marks: { provisioner: "csi.site.example" },
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
  },
  "kubernetes:networking.k8s.io/v1:IngressClass": {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    marks: {},
    annotations: { "ingressclass.kubernetes.io/is-default-class": "true" },
  },
};

function defaultClass(type: string, name: string, { defaultClasses }: Site): Bag | undefined {
  const found = classes[type];
  if (found === undefined || defaultClasses[found.kind] !== name) return undefined;
  const { apiVersion, kind, marks, annotations } = found;
  return { apiVersion, kind, metadata: { name, annotations }, ...marks };
}

function endpointsObject(port: number): Bag {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "kubernetes", namespace: "default" },
    addressType: "IPv4",
    endpoints: [{ addresses: ["192.0.2.10"], conditions: { ready: true } }],
    ports: [{ name: "https", port, protocol: "TCP" }],
  };
}

function nodeObject(
  { name, labels, cpu, memory, pods = "110", podCidr }: SiteNode,
  version: string,
): Bag {
  const resources = { cpu, memory, pods };
  const architecture = labels["kubernetes.io/arch"] ?? "amd64";
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/hostname": name, ...labels } },
    spec: podCidr === undefined ? {} : { podCIDR: podCidr, podCIDRs: [podCidr] },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady" }],
      nodeInfo: { architecture, kubeletVersion: version, operatingSystem: "linux" },
    },
  };
}

function namespaceObject(name: string, place: string): Bag {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      uid: uid(`${place}/${name}`),
      labels: { "kubernetes.io/metadata.name": name },
    },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Active" },
  };
}

function apiServiceObject(name: string): Bag {
  const [group, version] = apiVersionOf(name).split("/");
  return {
    apiVersion: "apiregistration.k8s.io/v1",
    kind: "APIService",
    metadata: { name },
    spec: { group, version, groupPriorityMinimum: 1000, versionPriority: 100 },
    status: { conditions: [{ type: "Available", status: "True", reason: "Local" }] },
  };
}

/** `gateway.networking.k8s.io/v1` of `v1.gateway.networking.k8s.io`. */
function apiVersionOf(name: string): string {
  const dot = name.indexOf(".");
  return `${name.slice(dot + 1)}/${name.slice(0, dot)}`;
}
