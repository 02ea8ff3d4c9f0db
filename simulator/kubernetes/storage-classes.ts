/** The StorageClasses of a cluster. */
import type { Cluster } from "./cluster.ts";

const marks = [
  "storageclass.kubernetes.io/is-default-class",
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** Why a volume of a class stays pending; undefined if it does not, or if the site does not describe its classes. */
export function missingClass(cluster: Cluster, name: unknown): string | undefined {
  const made = cluster.objects("storage.k8s.io/v1", "StorageClass");
  const { described, names, byDefault } = cluster.storageClasses();
  if (!described) return undefined;
  if (typeof name === "string" && name !== "") {
    if (names.includes(name) || made.some((each) => each.name === name)) return undefined;
    return `storageclass.storage.k8s.io "${name}" not found`;
  }
  const isDefault = made.some(({ annotations }) =>
    marks.some((mark) => annotations[mark] === "true"),
  );
  if (isDefault || byDefault !== undefined) return undefined;
  return "its volumes have no StorageClass, and the cluster has no default one";
}
