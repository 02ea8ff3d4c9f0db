/** Looks up an existing EKS cluster. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { lookedUp } from "../core/existing.ts";
import type { AwsClusterFacts, EksFacts } from "./aws-existing-checks.ts";
import type { AwsExistingClusterSpec } from "./aws-existing-schema.ts";
import { networkPolicySetting } from "./aws-network-policy.ts";

/** Looks up everything once. A failed lookup is a fact as well. */
export async function lookUpAwsCluster(
  { existing: { name } }: Pick<AwsExistingClusterSpec, "existing">,
  options: pulumi.InvokeOptions,
): Promise<AwsClusterFacts> {
  const addon = (addonName: string) => aws.eks.getAddon({ clusterName: name, addonName }, options);
  const [cluster, secretsKey, podIdentityAgent, networkPlugin] = await Promise.all([
    lookedUp(aws.eks.getCluster({ name }, options), eksFacts),
    // getCluster() does not return the encryption.
    lookedUp(
      aws.cloudcontrol.getResource({ typeName: "AWS::EKS::Cluster", identifier: name }, options),
      ({ properties }) => secretsKeyOf(properties),
    ),
    lookedUp(addon("eks-pod-identity-agent"), ({ addonVersion }) => ({ version: addonVersion })),
    lookedUp(addon("vpc-cni"), (seen) => ({
      networkPolicy: networkPolicySetting(seen.configurationValues),
      ownRole: Boolean(seen.serviceAccountRoleArn) || seen.podIdentityAssociations.length > 0,
    })),
  ]);
  return { cluster, secretsKey, podIdentityAgent, networkPlugin };
}

function eksFacts(seen: aws.eks.GetClusterResult): EksFacts {
  const { vpcConfig } = seen;
  const [network] = seen.kubernetesNetworkConfigs;
  return {
    arn: seen.arn,
    status: seen.status,
    version: seen.version,
    vpcId: vpcConfig.vpcId,
    endpoint: seen.endpoint,
    certificateAuthority: seen.certificateAuthorities[0]?.data ?? "",
    oidcIssuer: seen.identities[0]?.oidcs[0]?.issuer ?? "",
    clusterSecurityGroupId: vpcConfig.clusterSecurityGroupId,
    privateEndpoint: vpcConfig.endpointPrivateAccess,
    publicCidrs: vpcConfig.endpointPublicAccess ? vpcConfig.publicAccessCidrs : [],
    authenticationMode: seen.accessConfigs[0]?.authenticationMode ?? "CONFIG_MAP",
    autoMode: seen.computeConfigs.some(({ enabled }) => enabled),
    ipFamily: network?.ipFamily ?? "ipv4",
    serviceCidr: network?.serviceIpv4Cidr ?? "",
  };
}

interface Encryption {
  readonly Provider?: { readonly KeyArn?: string };
  readonly Resources?: readonly string[];
}

/** @param properties JSON of `AWS::EKS::Cluster` */
function secretsKeyOf(properties: string): string | undefined {
  const { EncryptionConfig = [] } = JSON.parse(properties) as {
    readonly EncryptionConfig?: readonly Encryption[];
  };
  return EncryptionConfig.find(({ Resources = [] }) => Resources.includes("secrets"))?.Provider
    ?.KeyArn;
}
