/** A kind of object as an API server knows it. */
export interface Gvk {
  /** `v1`, `apps/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  /** A Pulumi `...Patch` resource: any part of an object that is there already. */
  readonly patch: boolean;
}

/** Types of the package that stand for something else than one object. */
const notObjects = new Set(["helm.sh", "yaml", "kustomize", "index"]);

/**
 * The kind behind a Pulumi type token: `kubernetes:core/v1:NodePatch` is a patch of `v1` `Node`. Undefined for tokens of other
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
