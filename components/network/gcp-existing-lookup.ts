/** Looks up an existing network on Google Cloud. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { lookedUp } from "../core/existing.ts";
import type { GcpNetworkFacts } from "./gcp-existing-checks.ts";
import type { GcpExistingNetworkSpec } from "./gcp-existing-schema.ts";

/** Looks up everything once. A failed lookup is a fact as well. */
export async function lookUpGcpNetwork(
  { project, region, existing }: GcpExistingNetworkSpec,
  options: pulumi.InvokeOptions,
): Promise<GcpNetworkFacts> {
  const [network, subnetwork] = await Promise.all([
    lookedUp(gcp.compute.getNetwork({ project, name: existing.network }, options), (seen) => ({
      id: seen.id,
      selfLink: seen.selfLink,
    })),
    lookedUp(
      gcp.compute.getSubnetwork({ project, region, name: existing.subnetwork }, options),
      (seen) => ({
        id: seen.id,
        selfLink: seen.selfLink,
        network: seen.network,
        cidr: seen.ipCidrRange,
        privateGoogleAccess: seen.privateIpGoogleAccess,
        ranges: Object.fromEntries(
          seen.secondaryIpRanges.map(({ rangeName, ipCidrRange }) => [rangeName, ipCidrRange]),
        ),
      }),
    ),
  ]);
  return { network, subnetwork };
}
