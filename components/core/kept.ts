/**
 * Whether resources of a type stay in a cluster when their stack is destroyed, whatever the lifetime of the environment. Deleting
 * the definition of a custom resource deletes all objects of its kind, including those of others.
 */
export function staysAfterDestroy(type: string): boolean {
  return type === "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch";
}
