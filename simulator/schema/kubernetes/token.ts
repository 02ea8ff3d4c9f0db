/** A kind of object of the Kubernetes API. */
export interface Gvk {
  /** `v1`, `apps/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  /** A Pulumi `...Patch` resource: part of an existing object. */
  readonly patch: boolean;
}

/** Modules of the package whose types are not single objects. */
const notObjects = new Set(["helm.sh", "yaml", "kustomize", "index"]);

/**
 * The kind of a Pulumi type token: `kubernetes:core/v1:NodePatch` is a patch of `v1` `Node`. Undefined for tokens of other
 * packages and for charts and the like.
 */
export function gvkOf(type: string): Gvk | undefined {
  const [cloud, module = "", name = ""] = type.split(":");
  const [group = "", version] = module.split("/");
  if (cloud !== "kubernetes" || version === undefined || name === "" || notObjects.has(group))
    return undefined;
  const patch = name.endsWith("Patch") && name !== "Patch";
  return {
    apiVersion: group === "core" ? version : `${group}/${version}`,
    kind: patch ? name.slice(0, -"Patch".length) : name,
    patch,
  };
}

/** The Pulumi type token of a kind: `apps/v1` `Deployment` is `kubernetes:apps/v1:Deployment`. */
export function tokenOf(apiVersion: string, kind: string): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** The API group of an apiVersion; the core group is empty. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
}
