/** Access of a tenant's services to Managed Kafka. Pure. */
import { nameIn, type Place } from "../core/place.ts";
import type { GcpRole } from "../section/grant.ts";
import { type AclEntry, clientAcls } from "../stream/gcp-access.ts";
import type { Clients } from "../stream/topic-schema.ts";
import { serviceOf } from "../tenant-namespaces/services.ts";

/** The ACLs by id, for the accounts of each client. */
export function accountAcls(
  clients: Clients,
  accounts: Readonly<Record<string, readonly string[]>>,
): Record<string, AclEntry[]> {
  const each = Object.entries(clients).flatMap(([key, client]) =>
    (accounts[key] ?? []).map((email) => ({ key: `${key} as ${email}`, client, email })),
  );
  return clientAcls(
    Object.fromEntries(each.map(({ key, client }) => [key, client])),
    Object.fromEntries(each.map(({ key, email }) => [key, email])),
    [],
  );
}

/**
 * The account of a service: Managed Kafka does not support federated identities. Its identity has the same name.
 *
 * @param service `web/storefront`
 */
export function accountOf(place: Place, project: string, service: string): string {
  const { space, serviceAccount } = serviceOf(place.tenant ?? "", service);
  const accountId = nameIn(place, "gcp-service-account", `${space}--${serviceAccount}`);
  return `${accountId}@${project}.iam.gserviceaccount.com`;
}

/** The role to connect. ACLs authorize what an account does. */
export const connecting: readonly GcpRole[] = [
  { key: "stream/connect", role: "roles/managedkafka.client", on: { kind: "project" } },
];
