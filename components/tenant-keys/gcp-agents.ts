/** The service agents of Google Cloud that encrypt data of tenants. Pure. */
import type { Isolation } from "../tenancy/isolation.ts";
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

/** The member of IAM policies: `serviceAccount:service-123456789012@gcp-sa-cloud-sql.iam.gserviceaccount.com`. */
export function keyUser(projectNumber: string, purpose: TenantPurpose): string {
  return `serviceAccount:service-${projectNumber}@${agents[purpose]}.iam.gserviceaccount.com`;
}

/** The purposes that need an instance or cluster of the tenant's own, by layer. */
const ofSilos: Readonly<Record<string, TenantPurpose>> = {
  database: "databases",
  cache: "caches",
  stream: "streams",
};

/** What the tenant's key is for: IAM refuses members that do not exist, so only for services that the tenant can have of its own. */
export function purposesOf(isolation: Readonly<Record<string, Isolation>>): TenantPurpose[] {
  const silos = Object.entries(ofSilos).flatMap(([layer, purpose]) =>
    isolation[layer] === "silo" ? [purpose] : [],
  );
  return ["objects", "secrets", ...silos];
}
