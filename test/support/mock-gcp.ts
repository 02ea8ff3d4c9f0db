import { hex, type Plain, project, projectNumber } from "./mock-ids.ts";

/** Collections whose name does not follow from the type. */
const collections: Readonly<Record<string, string>> = {
  "gcp:compute/address:Address": "addresses",
  "gcp:compute/globalAddress:GlobalAddress": "addresses",
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": "forwardingRules",
};

/** The id and the computed outputs of a Google Cloud resource. */
export function gcpOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  const [, module = "", kind = ""] = /^gcp:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  const physical = String(inputs.name ?? name);
  const inProject = String(inputs.project ?? project);
  const place = inputs.region
    ? `regions/${inputs.region}`
    : inputs.location
      ? `locations/${inputs.location}`
      : "global";
  const collection = collections[type] ?? `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s`;
  const id = idOf();
  return { id, state: { name: physical, project: inProject, ...special() } };

  function idOf(): string {
    switch (type) {
      case "gcp:serviceaccount/account:Account":
        return `projects/${inProject}/serviceAccounts/${inputs.accountId}@${inProject}.iam.gserviceaccount.com`;
      case "gcp:kms/cryptoKey:CryptoKey":
        return `${inputs.keyRing}/cryptoKeys/${physical}`;
      case "gcp:container/nodePool:NodePool":
        return `projects/${inProject}/${place}/clusters/${inputs.cluster}/nodePools/${physical}`;
      default:
        return `projects/${inProject}/${place}/${collection}/${physical}`;
    }
  }

  function special(): Plain {
    switch (type) {
      case "gcp:serviceaccount/account:Account": {
        const email = `${inputs.accountId}@${inProject}.iam.gserviceaccount.com`;
        return {
          email,
          member: `serviceAccount:${email}`,
          name: id,
          uniqueId: "100000000000000000001",
        };
      }
      case "gcp:container/cluster:Cluster":
        return {
          endpoint: "10.0.0.2",
          selfLink: `https://container.googleapis.com/v1/${id}`,
          masterAuth: { clusterCaCertificate: Buffer.from("certificate").toString("base64") },
          controlPlaneEndpointsConfig: {
            dnsEndpointConfig: {
              endpoint: `gke-${hex(name, 32)}-${projectNumber}.${inputs.location}.gke.goog`,
            },
          },
        };
      case "gcp:compute/haVpnGateway:HaVpnGateway":
        return {
          selfLink: `https://www.googleapis.com/compute/v1/${id}`,
          vpnInterfaces: [
            { id: 0, ipAddress: "192.0.2.10" },
            { id: 1, ipAddress: "192.0.2.11" },
          ],
        };
      case "gcp:kms/keyRing:KeyRing":
        return { selfLink: id };
      case "gcp:projects/serviceIdentity:ServiceIdentity": {
        const agent = String(inputs.service).split(".", 1)[0];
        const email = `service-${projectNumber}@gcp-sa-${agent}.iam.gserviceaccount.com`;
        return { email, member: `serviceAccount:${email}` };
      }
      case "gcp:sql/databaseInstance:DatabaseInstance":
        return {
          connectionName: `${inProject}:${inputs.region}:${physical}`,
          dnsName: `${hex(name, 12)}.${hex(physical, 12)}.${inputs.region}.sql.goog.`,
          pscServiceAttachmentLink: `projects/${hex(name, 16)}-tp/regions/${inputs.region}/serviceAttachments/a-${hex(name, 12)}-psc-service-attachment`,
        };
      default:
        return module === "compute"
          ? { selfLink: `https://www.googleapis.com/compute/v1/${id}` }
          : {};
    }
  }
}
