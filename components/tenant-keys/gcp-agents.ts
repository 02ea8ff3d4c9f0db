/** The service agents of Google Cloud that encrypt data of tenants. Pure. */
import type { TenantPurpose } from "./contract.ts";

/**
 * By purpose. The environment's stack requests them with its own keys, so that they exist before any tenant. Source: "Service
 * agents", Google Cloud IAM documentation.
 */
const agents: Readonly<Record<TenantPurpose, string>> = {
  objects: "gs-project-accounts",
  secrets: "gcp-sa-secretmanager",
  databases: "gcp-sa-cloud-sql",
  caches: "gcp-sa-memorystore",
  streams: "gcp-sa-managedkafka",
};

/** The members of IAM policies by purpose: `serviceAccount:service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com`. */
export function keyUsers(projectNumber: string): [TenantPurpose, string][] {
  return Object.entries(agents).map(([purpose, agent]) => [
    purpose as TenantPurpose,
    `serviceAccount:service-${projectNumber}@${agent}.iam.gserviceaccount.com`,
  ]);
}
