/** An AWS managed policy; those for services are under `service-role/`. */
export function managedPolicyArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}

/** A cluster by its physical name, before it exists. */
export function clusterArn(cluster: {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}): string {
  return `arn:aws:eks:${cluster.region}:${cluster.account}:cluster/${cluster.name}`;
}
