/** Data sources about clusters, in other terms than the resource. */
import { CloudError } from "../errors.ts";
import type { AwsPlace } from "../place.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";

const eksCluster = "aws:eks/cluster:Cluster";

/** Cloud Control API: the properties of a resource in CloudFormation's terms. Only what components read of clusters. */
export function cloudControlResource(
  { typeName, identifier }: Bag,
  { account, region }: AwsPlace,
  store: Store,
): Bag {
  const found =
    typeName === "AWS::EKS::Cluster"
      ? store.find(`aws/${account}/${region}`, eksCluster, String(identifier))
      : undefined;
  if (found === undefined) {
    throw new CloudError(
      "ResourceNotFoundException",
      `no ${String(typeName)} with the identifier ${String(identifier)} was found`,
    );
  }
  return { id: identifier, properties: JSON.stringify(clusterProperties(found)) };
}

function clusterProperties({ state }: Resource): Bag {
  const { name, arn, version, encryptionConfig } = state;
  const properties = { Name: name, Arn: arn, Version: version };
  if (!isBag(encryptionConfig)) return properties;
  const { provider, resources } = encryptionConfig;
  const Provider = { KeyArn: isBag(provider) ? provider.keyArn : undefined };
  return { ...properties, EncryptionConfig: [{ Provider, Resources: resources }] };
}
