/** The permissions of users as Valkey access control lists. Pure. */
import type { CacheUser } from "./base-schema.ts";

/** Authentication, and discovery of a cluster's shards. */
const always = ["+@connection", "+cluster|shards", "+cluster|slots"];

const granted = {
  read: ["+@read"],
  "read-write": ["+@read", "+@write", "+@transaction", "+@scripting"],
} as const satisfies Record<CacheUser["access"], readonly string[]>;

/**
 * Permissions without `on`, which each service adds in its own form. `-@dangerous` is last, so that it overrides the others.
 * Channels are omitted: Valkey grants none by default, and ElastiCache does not return them.
 */
export function permissions({ access, keys }: CacheUser): string {
  return [
    ...keys.map((pattern) => `~${pattern}`),
    "-@all",
    ...always,
    ...granted[access],
    "-@dangerous",
  ].join(" ");
}
