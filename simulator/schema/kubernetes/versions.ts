import { didYouMean } from "../nearest.ts";
import { customKinds, customVersions } from "./custom.ts";
import { kubernetesFile } from "./kinds.ts";
import { groupOf } from "./token.ts";

/**
 * API versions that clusters no longer serve, with their replacements (Kubernetes deprecated API migration guide; for Karpenter,
 * Strimzi, External Secrets and the Gateway API, their release notes). Empty: the kind was removed.
 */
const successors: Readonly<Record<string, string>> = {
  "admissionregistration.k8s.io/v1beta1": "admissionregistration.k8s.io/v1",
  "apiextensions.k8s.io/v1beta1": "apiextensions.k8s.io/v1",
  "apiregistration.k8s.io/v1beta1": "apiregistration.k8s.io/v1",
  "apps/v1beta1": "apps/v1",
  "apps/v1beta2": "apps/v1",
  "autoscaling/v2beta1": "autoscaling/v2",
  "autoscaling/v2beta2": "autoscaling/v2",
  "batch/v1beta1": "batch/v1",
  "batch/v2alpha1": "batch/v1",
  "certificates.k8s.io/v1beta1": "certificates.k8s.io/v1",
  "coordination.k8s.io/v1beta1": "coordination.k8s.io/v1",
  "discovery.k8s.io/v1beta1": "discovery.k8s.io/v1",
  "events.k8s.io/v1beta1": "events.k8s.io/v1",
  "extensions/v1beta1": "apps/v1 (workloads) or networking.k8s.io/v1 (Ingress, NetworkPolicy)",
  "external-secrets.io/v1beta1": "external-secrets.io/v1",
  "flowcontrol.apiserver.k8s.io/v1beta1": "flowcontrol.apiserver.k8s.io/v1",
  "flowcontrol.apiserver.k8s.io/v1beta2": "flowcontrol.apiserver.k8s.io/v1",
  "flowcontrol.apiserver.k8s.io/v1beta3": "flowcontrol.apiserver.k8s.io/v1",
  "gateway.networking.k8s.io/v1alpha2": "gateway.networking.k8s.io/v1",
  "kafka.strimzi.io/v1beta1": "kafka.strimzi.io/v1",
  "kafka.strimzi.io/v1beta2": "kafka.strimzi.io/v1",
  "karpenter.k8s.aws/v1alpha1": "karpenter.k8s.aws/v1",
  "karpenter.k8s.aws/v1beta1": "karpenter.k8s.aws/v1",
  "karpenter.sh/v1alpha5": "karpenter.sh/v1",
  "karpenter.sh/v1beta1": "karpenter.sh/v1",
  "networking.k8s.io/v1beta1": "networking.k8s.io/v1",
  "node.k8s.io/v1beta1": "node.k8s.io/v1",
  "policy/v1beta1":
    "policy/v1; PodSecurityPolicy was removed, label the namespace pod-security.kubernetes.io/enforce",
  "rbac.authorization.k8s.io/v1alpha1": "rbac.authorization.k8s.io/v1",
  "rbac.authorization.k8s.io/v1beta1": "rbac.authorization.k8s.io/v1",
  "resource.k8s.io/v1alpha3": "resource.k8s.io/v1",
  "resource.k8s.io/v1beta1": "resource.k8s.io/v1",
  "resource.k8s.io/v1beta2": "resource.k8s.io/v1",
  "scheduling.k8s.io/v1beta1": "scheduling.k8s.io/v1",
  "storage.k8s.io/v1beta1": "storage.k8s.io/v1",
};

/** Whether an API version belongs to a built-in group; all others need a custom resource definition. */
export function isBuiltIn(apiVersion: string): boolean {
  const group = groupOf(apiVersion);
  return !group.includes(".") || group.endsWith(".k8s.io") ? builtInGroups().has(group) : false;
}

let groups: ReadonlySet<string> | undefined;

function builtInGroups(): ReadonlySet<string> {
  groups ??= new Set(Object.values(kubernetesFile().kinds).map((kind) => groupOf(kind.apiVersion)));
  return groups;
}

/**
 * Why no current cluster serves a kind, or undefined if a cluster may serve it: a built-in kind must be known; a custom kind must
 * not have a removed version, or be misspelled in a known version.
 */
export function whyNotServed(
  apiVersion: string,
  kind: string,
): { property: string; reason: string } | undefined {
  const successor = successors[apiVersion];
  if (successor !== undefined) {
    return {
      property: "apiVersion",
      reason: `${apiVersion} is no longer served: use ${successor}`,
    };
  }
  const own = Object.values(kubernetesFile().kinds).filter((one) => one.apiVersion === apiVersion);
  const names = [...own.map((one) => one.kind), ...customKinds(apiVersion)];
  if (names.includes(kind)) return undefined;
  if (names.length > 0 && (isBuiltIn(apiVersion) || didYouMean(kind, names) !== "")) {
    return {
      property: "kind",
      reason: `${apiVersion} has no kind ${kind}${didYouMean(kind, names)}`,
    };
  }
  const elsewhere = customVersions(groupOf(apiVersion), kind);
  if (elsewhere.length > 0) {
    return {
      property: "apiVersion",
      reason: `${kind} is not served as ${apiVersion}: use ${elsewhere.join(" or ")}`,
    };
  }
  if (!isBuiltIn(apiVersion)) return undefined;
  const near = didYouMean(apiVersion, [
    ...new Set(Object.values(kubernetesFile().kinds).map((one) => one.apiVersion)),
  ]);
  return { property: "apiVersion", reason: `no current cluster serves ${apiVersion}${near}` };
}
