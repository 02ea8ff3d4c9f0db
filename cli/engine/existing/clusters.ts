/** Existing clusters in a rehearsal, with data that passes their checks. */
import type { AwsExistingClusterSpec } from "../../../components/cluster/aws-existing-schema.ts";
import { workloadPool } from "../../../components/cluster/gcp-args.ts";
import {
  type GcpExistingClusterSpec,
  locationOf,
} from "../../../components/cluster/gcp-existing-schema.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";
import { existingAwsKey, existingGcpKey } from "./keys.ts";

function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["sts:AssumeRole", "sts:TagSession"],
      },
    ],
  });
}

/** The cluster in existing subnets, its role and key, and the add-ons that Atoll needs. */
export function existingAwsCluster(
  { account, region, version, existing: { name } }: AwsExistingClusterSpec,
  subnetIds: readonly string[],
): ExistingResource[] {
  const config = { region, allowedAccountIds: [account] };
  const roleArn = (role: string) => `arn:aws:iam::${account}:role/${role}`;
  const roleName = `${name}-cluster`;
  const keyArn = `arn:aws:kms:${region}:${account}:key/${name}`;
  const pluginRole = `${name}-vpc-cni`;
  const addons = {
    "eks-pod-identity-agent": {},
    "vpc-cni": {
      configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
      podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: roleArn(pluginRole) }],
    },
  };
  return [
    existingAwsKey(keyArn),
    ...Object.entries({ [roleName]: "eks", [pluginRole]: "pods.eks" }).map(([id, service]) => ({
      type: "aws:iam/role:Role",
      id,
      config,
      inputs: { name: id, assumeRolePolicy: trust(`${service}.amazonaws.com`) },
    })),
    {
      type: "aws:eks/cluster:Cluster",
      id: name,
      config,
      inputs: {
        name,
        version,
        roleArn: roleArn(roleName),
        accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" },
        vpcConfig: {
          subnetIds: [...subnetIds],
          endpointPrivateAccess: true,
          endpointPublicAccess: false,
        },
        encryptionConfig: {
          provider: { keyArn },
          resources: ["secrets"],
        },
      },
    },
    ...Object.entries(addons).map(([addonName, more]) => ({
      type: "aws:eks/addon:Addon",
      id: `${name}:${addonName}`,
      config,
      inputs: { clusterName: name, addonName, ...more },
    })),
  ];
}

/** The cluster in an existing network, and its key. */
export function existingGcpCluster(spec: GcpExistingClusterSpec): ExistingResource[] {
  const { project, region, version, existing, network = {} } = spec;
  const location = locationOf(spec);
  const keyName = `projects/${project}/locations/${region}/keyRings/existing/cryptoKeys/${existing.name}`;
  return [
    ...existingGcpKey(keyName),
    {
      type: "gcp:container/cluster:Cluster",
      id: `projects/${project}/locations/${location}/clusters/${existing.name}`,
      config: { project, region },
      inputs: {
        project,
        location,
        name: existing.name,
        minMasterVersion: version,
        initialNodeCount: 1,
        network: `projects/${project}/global/networks/${network.network}`,
        subnetwork: `projects/${project}/regions/${region}/subnetworks/${network.subnetwork}`,
        ipAllocationPolicy: {
          clusterSecondaryRangeName: network.podRange,
          servicesSecondaryRangeName: network.serviceRange,
        },
        privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
        controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
        masterAuthorizedNetworksConfig: { gcpPublicCidrsAccessEnabled: false },
        workloadIdentityConfig: { workloadPool: workloadPool(project) },
        datapathProvider: "ADVANCED_DATAPATH",
        addonsConfig: { gcePersistentDiskCsiDriverConfig: { enabled: true } },
        databaseEncryption: { state: "ENCRYPTED", keyName },
      },
    },
  ];
}
