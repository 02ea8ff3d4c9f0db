/**
 * Immutable fields of objects: the Kubernetes provider replaces the object instead. Sources: the provider's own list
 * (pulumi-kubernetes, provider/pkg/provider/diff.go) and, for StatefulSet and Job, the API server's validation. Fields below a path
 * are included.
 */
const immutable: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/DaemonSet": ["spec.selector"],
  "apps/v1/Deployment": ["spec.selector"],
  "apps/v1/ReplicaSet": ["spec.selector"],
  "apps/v1/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/v1/Job": [
    "spec.completionMode",
    "spec.completions",
    "spec.podFailurePolicy",
    "spec.selector",
    "spec.template",
  ],
  "networking.k8s.io/v1/IngressClass": ["spec.controller"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "scheduling.k8s.io/v1/PriorityClass": ["value", "preemptionPolicy"],
  "storage.k8s.io/v1/CSIDriver": [
    "spec.attachRequired",
    "spec.fsGroupPolicy",
    "spec.volumeLifecycleModes",
  ],
  "storage.k8s.io/v1/StorageClass": [
    "parameters",
    "provisioner",
    "reclaimPolicy",
    "volumeBindingMode",
  ],
  "storage.k8s.io/v1/VolumeAttributesClass": ["driverName", "parameters"],
  "v1/ConfigMap": ["binaryData", "data"],
  "v1/PersistentVolume": ["spec.csi", "spec.hostPath", "spec.local", "spec.nfs", "spec.volumeMode"],
  "v1/PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.dataSource",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeMode",
    "spec.volumeName",
  ],
  "v1/Pod": ["spec"],
  "v1/ResourceQuota": ["spec.scopes"],
  "v1/Secret": ["data", "stringData", "type"],
  "v1/Service": ["spec.clusterIP"],
};

/** Paths whose change requires a replacement; always includes an object's name, namespace and kind. */
export function replaceOn(apiVersion: string, kind: string): readonly string[] {
  const own = immutable[`${apiVersion}/${kind}`] ?? [];
  return ["apiVersion", "kind", "metadata.name", "metadata.namespace", ...own];
}
