/** Pure: what a user may do, in the words of Valkey's access control lists. */
import type { CacheUser } from "./base-schema.ts";

/** Signing in, asking who one is, and following a cluster's shards. */
const always = ["+@connection", "+cluster|shards", "+cluster|slots"];

const granted = {
  read: ["+@read"],
  "read-write": ["+@read", "+@write", "+@transaction", "+@scripting"],
} as const satisfies Record<CacheUser["access"], readonly string[]>;

/**
 * Permissions without `on`, which each service says in its own way. The last word is that nothing dangerous is in them. Channels
 * are not named: Valkey gives none by itself, and ElastiCache would not tell of it.
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
