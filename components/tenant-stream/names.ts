/** The names of a tenant's topics, groups and transactional ids. Pure. */
import { bytes, type Size } from "../core/units.ts";
import type { Client, Clients, Topics } from "../stream/topic-schema.ts";
import { groupOf } from "../stream/topics.ts";
import type { StreamSettings, StreamTier } from "./schema.ts";

/** Ends in a delimiter that ids do not contain, so that the prefix of `acme` does not cover those of `acme2`. */
export function prefixOf(tenant: string): string {
  return `${tenant}.`;
}

/** The topics and clients of a tenant with their physical names, in the form of a cell's stream. */
export interface PhysicalStream {
  readonly topics: Topics;
  readonly clients: Clients;
}

/**
 * Prefixes are the same in every isolation, so that a move to another one renames nothing.
 *
 * @param quota of all clients together; undefined where there is none, or where the service cannot set it
 */
export function physicalStream(
  tenant: string,
  { topics, clients }: StreamSettings,
  quota: StreamTier["quota"],
): PhysicalStream {
  const prefix = prefixOf(tenant);
  const shares = Object.values(clients).reduce((sum, { share }) => sum + share, 0);
  return {
    topics: Object.fromEntries(
      Object.entries(topics).map(([name, topic]) => [`${prefix}${name}`, topic]),
    ),
    clients: Object.fromEntries(
      Object.entries(clients).map(([key, { produce, consume, share }]): [string, Client] => [
        key,
        {
          produce: produce.map((grant) => `${prefix}${grant}`),
          consume: consume.map((grant) => `${prefix}${grant}`),
          group: `${prefix}${key}`,
          transactional: produce.length > 0,
          ...(quota !== undefined && { quota: partOf(quota, share / shares) }),
        },
      ]),
    ),
  };
}

/** The name of a client's KafkaUser, which is the common name of its certificate: at most 64 characters. */
export function userName(tenant: string, client: string): string {
  return `${prefixOf(tenant)}${client}`;
}

function partOf(
  { produce, consume, requestPercent }: NonNullable<StreamTier["quota"]>,
  part: number,
): Client["quota"] {
  const size = (amount: Size): Size =>
    `${Math.max(1, Math.floor((bytes(amount) * part) / 2 ** 10))} KiB`;
  return {
    ...(produce && { produce: size(produce) }),
    ...(consume && { consume: size(consume) }),
    ...(requestPercent && { requestPercent: Math.max(1, Math.floor(requestPercent * part)) }),
  };
}

/** Makes each topic. The result has their names without the prefix. */
export function ownNames<T>(
  { tenant, topics }: { readonly tenant: string; readonly topics: Topics },
  make: (name: string, topic: Topics[string]) => T,
): Record<string, T> {
  const { length } = prefixOf(tenant);
  return Object.fromEntries(
    Object.entries(topics).map(([name, topic]) => [name.slice(length), make(name, topic)]),
  );
}

/** The consumer group of each client. */
export function groupsOf({ clients }: { readonly clients: Clients }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(clients).map(([key, client]) => [key, groupOf(key, client)]),
  );
}
