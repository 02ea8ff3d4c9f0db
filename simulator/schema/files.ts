/**
 * The file of a type or function below `simulator/generated`: `aws:eks/cluster:Cluster` is `aws/eks/Cluster.json`. No two names of a
 * module differ only in case, so the files are safe on every file system.
 */
export function schemaFile(token: string): string {
  const [cloud = "", module = "", name = ""] = token.split(":");
  return `${cloud}/${module.split("/")[0]}/${name}.json`;
}
