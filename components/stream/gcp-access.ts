import type { Clients } from "./topic-schema.ts";
import { groupOf, parsed } from "./topics.ts";

/** One entry of an ACL. */
export interface AclEntry {
  /** `User:<email>` */
  readonly principal: string;
  readonly operation: "ALL" | "READ" | "WRITE" | "DESCRIBE";
}

/** The service agent of Managed Kafka and its Kafka Connect in a project. */
export function serviceAgent(projectNumber: string): string {
  return `service-${projectNumber}@gcp-sa-managedkafka.iam.gserviceaccount.com`;
}

const everything = ["cluster", "allTopics", "allConsumerGroups", "allTransactionalIds"] as const;

/**
 * The ACLs of a cluster by id, such as `topic/orders.events` or `topicPrefixed/orders.`.
 *
 * A resource without an ACL is open to every client that can connect. The ACLs on all resources, for the administrators, deny
 * everything that no client ACL allows.
 *
 * @param emails the account of each client, by key
 */
export function clientAcls(
  clients: Clients,
  emails: Readonly<Record<string, string>>,
  administrators: readonly string[],
): Record<string, AclEntry[]> {
  const lists: Record<string, AclEntry[]> = {};
  const allow = (id: string, email: string, ...operations: AclEntry["operation"][]) => {
    const list = lists[id] ?? [];
    lists[id] = list;
    const principal = `User:${email}`;
    for (const operation of operations) {
      const there = list.some(
        (entry) => entry.principal === principal && entry.operation === operation,
      );
      if (!there) list.push({ principal, operation });
    }
  };
  for (const id of everything) for (const email of administrators) allow(id, email, "ALL");
  for (const [key, client] of Object.entries(clients)) {
    const { produce, consume, transactional } = client;
    const email = emails[key] ?? "";
    const group = groupOf(key, client);
    for (const grant of produce) allow(pattern("topic", grant), email, "DESCRIBE", "WRITE");
    for (const grant of consume) allow(pattern("topic", grant), email, "DESCRIBE", "READ");
    for (const grant of [group, `${group}.*`]) {
      if (consume.length > 0) allow(pattern("consumerGroup", grant), email, "DESCRIBE", "READ");
      if (transactional) allow(pattern("transactionalId", grant), email, "DESCRIBE", "WRITE");
    }
  }
  return lists;
}

function pattern(kind: "topic" | "consumerGroup" | "transactionalId", grant: string): string {
  const { name, prefix } = parsed(grant);
  return `${kind}${prefix ? "Prefixed" : ""}/${name}`;
}
