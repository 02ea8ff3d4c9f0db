import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CustomKinds, ListedKind, ProjectFile, ProjectKind } from "./custom-kind.ts";

const folder = join(import.meta.dirname, "../../generated/kubernetes");

/** A kind that a chart or a managed cluster adds to the API. */
export interface CustomKind {
  readonly namespaced: boolean;
  /** Absent if Atoll has no schema of the kind: only its metadata is then checked. */
  readonly definition?: {
    readonly schema: ProjectKind["schema"];
    readonly types: ProjectFile["types"];
  };
}

const namespaced = { namespaced: true } as const;
const clusterWide = { namespaced: false } as const;

/** Kinds without a schema: managed clusters install them, and their definitions are not published; and Cilium's. */
const withoutSchema: Readonly<Record<string, Readonly<Record<string, CustomKind>>>> = {
  "cilium.io/v2": { CiliumNetworkPolicy: namespaced, CiliumClusterwideNetworkPolicy: clusterWide },
  "cloud.google.com/v1": { BackendConfig: namespaced },
  "networking.gke.io/v1": {
    GCPGatewayPolicy: namespaced,
    HealthCheckPolicy: namespaced,
    ManagedCertificate: namespaced,
  },
  "networking.gke.io/v1alpha1": { FQDNNetworkPolicy: namespaced },
  "networking.k8s.aws/v1alpha1": { PolicyEndpoint: namespaced },
};

let kinds: CustomKinds | undefined;
const projects = new Map<string, ProjectFile>();

/** The kinds with a schema, loaded on first use. */
function withSchema(): CustomKinds {
  kinds ??= JSON.parse(readFileSync(join(folder, "custom-kinds.json"), "utf8")) as CustomKinds;
  return kinds;
}

function listed(apiVersion: string, kind: string): ListedKind | undefined {
  return own(own(withSchema(), apiVersion), kind);
}

/** A project's schemas, loaded when the first of its kinds is checked. */
function project(name: string): ProjectFile {
  const known = projects.get(name);
  if (known) return known;
  const file = JSON.parse(
    readFileSync(join(folder, "crds", `${name}.json`), "utf8"),
  ) as ProjectFile;
  projects.set(name, file);
  return file;
}

/** A custom kind that Atoll knows, if any. */
export function customKind(apiVersion: string, kind: string): CustomKind | undefined {
  const found = listed(apiVersion, kind);
  if (!found) return own(own(withoutSchema, apiVersion), kind);
  const { kinds, types } = project(found.project);
  const schema = kinds[apiVersion]?.[kind]?.schema;
  return { namespaced: found.namespaced, ...(schema && { definition: { schema, types } }) };
}

/** Whether a known custom kind is namespaced; undefined for unknown kinds. */
export function customScope(apiVersion: string, kind: string): boolean | undefined {
  return (listed(apiVersion, kind) ?? own(own(withoutSchema, apiVersion), kind))?.namespaced;
}

/** The known API versions of a custom kind: `["kafka.strimzi.io/v1"]` for `Kafka` of that group. */
export function customVersions(group: string, kind: string): string[] {
  return [...new Set([...Object.keys(withSchema()), ...Object.keys(withoutSchema)])].filter(
    (apiVersion) =>
      apiVersion.startsWith(`${group}/`) && customScope(apiVersion, kind) !== undefined,
  );
}

/** The known custom kinds of an API version, all or those of a project. */
export function customKinds(apiVersion: string, project?: string): string[] {
  const found = Object.entries(own(withSchema(), apiVersion) ?? {});
  const names = found
    .filter(([, kind]) => project === undefined || kind.project === project)
    .map(([name]) => name);
  const more = project === undefined ? Object.keys(own(withoutSchema, apiVersion) ?? {}) : [];
  return [...names, ...more];
}

function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
