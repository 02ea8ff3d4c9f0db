/** Names of the secrets and stores of tenants. Pure. */
import { nameIn, type Place } from "../core/place.ts";
import { tenantObject } from "../tenant-namespaces/names.ts";

/** Below it are the secrets of all tenants of a cell on AWS: `prod/aws-use1/tenants`. */
export function tenantsPath(place: Place): string {
  return nameIn(cellOf(place), "secrets-manager-secret", "tenants");
}

/** `prod/aws-use1/tenants/acme/payments` on AWS, with hyphens on Google Cloud, which has no paths. */
export function secretName(
  cloud: "aws" | "gcp",
  place: Place,
  tenant: string,
  key: string,
): string {
  const kind = cloud === "aws" ? "secrets-manager-secret" : "secret-manager-secret";
  return nameIn(cellOf(place), kind, "tenants", tenant, key);
}

/** The ClusterSecretStore of a tenant. */
export function storeOf(tenant: string): string {
  return tenantObject(tenant);
}

/**
 * The service account that reads a tenant's secrets. Clusters of one project of Google Cloud share their identities, so its name says
 * the environment and the cell as well.
 */
export function readerOf(place: Place, tenant: string): string {
  return nameIn({ ...cellOf(place), tenant }, "k8s-label", "secrets");
}

function cellOf({ environment, cell }: Place): Place {
  return { environment, ...(cell !== undefined && { cell }) };
}
