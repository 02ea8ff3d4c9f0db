/** Looks up an existing GKE cluster. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { lookedUp } from "../core/existing.ts";
import type { GcpClusterFacts, GkeFacts } from "./gcp-existing-checks.ts";
import { type GcpExistingClusterSpec, locationOf } from "./gcp-existing-schema.ts";

/** A failed lookup is a fact as well. */
export async function lookUpGcpCluster(
  spec: Pick<GcpExistingClusterSpec, "project" | "region" | "existing">,
  options: pulumi.InvokeOptions,
): Promise<GcpClusterFacts> {
  const { project, existing } = spec;
  const asked = gcp.container.getCluster(
    { project, location: locationOf(spec), name: existing.name },
    options,
  );
  return { cluster: await lookedUp(asked, gkeFacts) };
}

function gkeFacts(seen: gcp.container.GetClusterResult): GkeFacts {
  const [endpoints] = seen.controlPlaneEndpointsConfigs;
  const dns = endpoints?.dnsEndpointConfigs[0];
  const hasIpEndpoint = endpoints?.ipEndpointsConfigs[0]?.enabled ?? true;
  const [privacy] = seen.privateClusterConfigs;
  const [authorized] = seen.masterAuthorizedNetworksConfigs;
  const [addresses] = seen.ipAllocationPolicies;
  return {
    version: seen.masterVersion,
    autopilot: seen.enableAutopilot,
    network: seen.network,
    subnetwork: seen.subnetwork,
    podRange: addresses?.clusterSecondaryRangeName ?? "",
    serviceRange: addresses?.servicesSecondaryRangeName ?? "",
    privateNodes: privacy?.enablePrivateNodes ?? false,
    publicEndpoint: hasIpEndpoint && privacy?.enablePrivateEndpoint !== true,
    authorizedNetworks: authorized?.cidrBlocks.map(({ cidrBlock }) => cidrBlock),
    googlePublicAddresses: authorized?.gcpPublicCidrsAccessEnabled ?? true,
    dnsEndpoint: dns?.allowExternalTraffic ? dns.endpoint : undefined,
    ipEndpoint: hasIpEndpoint ? seen.endpoint : "",
    certificateAuthority: seen.masterAuths[0]?.clusterCaCertificate ?? "",
    workloadPool: seen.workloadIdentityConfigs[0]?.workloadPool ?? "",
    datapath: seen.datapathProvider,
    calico: seen.networkPolicies[0]?.enabled ?? false,
    encryption: seen.databaseEncryptions[0]?.state ?? "",
    legacyAuthorization: seen.enableLegacyAbac,
    persistentDiskDriver:
      seen.addonsConfigs[0]?.gcePersistentDiskCsiDriverConfigs[0]?.enabled ?? true,
  };
}
