/** Outputs of EKS: values for a kubeconfig, and values that the control plane computes. */
import { certificateAuthority } from "./certificate.ts";
import { fill, hex, type Making, type TypeRules } from "./making.ts";

/** The default version of EKS. */
export const DEFAULT_EKS_VERSION = "1.35";

export const eksRules: Readonly<Record<string, TypeRules>> = {
  "aws:eks/cluster:Cluster": {
    outputs: {
      arn: "{arn:eks}:cluster/{id}",
      endpoint: (making) => fill("https://{HEX32}.gr7.{region}.eks.amazonaws.com", making),
      certificateAuthority: (making) => ({ data: certificateAuthority(hex(making, 64, "ca")) }),
      identities: (making) => [
        { oidcs: [{ issuer: fill("https://oidc.eks.{region}.amazonaws.com/id/{HEX32}", making) }] },
      ],
      clusterId: () => "",
      platformVersion: "eks.1",
      status: "ACTIVE",
      version: () => DEFAULT_EKS_VERSION,
      accessConfig: () => ({
        authenticationMode: "CONFIG_MAP",
        bootstrapClusterCreatorAdminPermissions: true,
      }),
      upgradePolicy: () => ({ supportType: "EXTENDED" }),
      deletionProtection: () => false,
      kubernetesNetworkConfig: () => ({ ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" }),
      "kubernetesNetworkConfig.ipFamily": "ipv4",
      "kubernetesNetworkConfig.serviceIpv4Cidr": "172.20.0.0/16",
      "kubernetesNetworkConfig.serviceIpv6Cidr": () => "",
      "vpcConfig.clusterSecurityGroupId": "sg-{ec2}",
      "vpcConfig.publicAccessCidrs": ({ inputs }) => publicCidrs(inputs.vpcConfig),
      "vpcConfig.vpcId": ({ refer }) => refer("vpcConfig.subnetIds[0]")?.state.vpcId ?? "",
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    outputs: {
      arn: (making) => fill("{arn:eks}:nodegroup/{clusterName}/{nodeGroupName}/{uuid}", making),
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      diskSize: ({ inputs }) => (inputs.launchTemplate === undefined ? 20 : 0),
      instanceTypes: ({ inputs }) => (inputs.launchTemplate === undefined ? ["t3.medium"] : []),
      version: ({ refer }) => refer("clusterName")?.state.version ?? DEFAULT_EKS_VERSION,
      releaseVersion: (making) => `${releaseOf(making)}-20260105`,
      nodeGroupNamePrefix: () => "",
      resources: (making) => [
        {
          autoscalingGroups: [{ name: fill("eks-{nodeGroupName}-{uuid}", making) }],
          remoteAccessSecurityGroupId: "",
        },
      ],
      status: "ACTIVE",
    },
  },
  "aws:eks/addon:Addon": {
    outputs: {
      arn: (making) => fill("{arn:eks}:addon/{clusterName}/{addonName}/{uuid}", making),
      configurationValues: () => "",
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    outputs: {
      accessEntryArn: (making) =>
        fill("{arn:eks}:access-entry/{clusterName}/role/{account}/{hex12}/{uuid}", making),
      kubernetesGroups: () => [],
      userName: "{principalArn}",
      type: "STANDARD",
    },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    outputs: {
      associationArn: "{arn:eks}:podidentityassociation/{clusterName}/{id}",
      associationId: "{id}",
      externalId: "{uuid}",
    },
  },
  "aws:eks/fargateProfile:FargateProfile": {
    outputs: {
      arn: "{arn:eks}:fargateprofile/{clusterName}/{fargateProfileName}/{uuid}",
      status: "ACTIVE",
    },
  },
};

/** EKS opens a public endpoint to the internet by default. */
function publicCidrs(vpcConfig: unknown): string[] {
  const isPublic =
    (vpcConfig as { endpointPublicAccess?: boolean } | undefined)?.endpointPublicAccess !== false;
  return isPublic ? ["0.0.0.0/0"] : [];
}

function releaseOf({ inputs, refer }: Making): string {
  return `${String(inputs.version ?? refer("clusterName")?.state.version ?? DEFAULT_EKS_VERSION)}.0`;
}
