/**
 * The permissions of a tenant on a cache that others use, as a Valkey access control list. Pure.
 *
 * Everything is denied but what is listed. Key patterns apply to commands with keys only, so each other command is decided by itself.
 * Sources: Valkey, "ACL", and `acl_categories` and `key_specs` in src/commands/*.json.
 */

/** Ends in a delimiter that ids do not contain, so that the pattern of `acme` does not cover keys of `acme2`. */
export function keyPrefix(tenant: string): string {
  return `${tenant}:`;
}

/** Commands whose keys the pattern limits. `+@read` would also allow commands of modules, and SCAN. */
const ofTypes = [
  "+@string",
  "+@bitmap",
  "+@hyperloglog",
  "+@hash",
  "+@list",
  "+@set",
  "+@sortedset",
  "+@geo",
  "+@stream",
  "+@keyspace",
  // MULTI, EXEC and WATCH: each command in a transaction is checked.
  "+@transaction",
];

/** Channels are limited by their own pattern. PUBSUB is not: it lists the channels of all. */
const channels = [
  "+publish",
  "+spublish",
  "+subscribe",
  "+ssubscribe",
  "+psubscribe",
  "+unsubscribe",
  "+sunsubscribe",
  "+punsubscribe",
];

/**
 * What clients need to connect. CLIENT TRACKING is not in it: in broadcast mode it sends the names of the keys that others change.
 * CLUSTER has two of its subcommands: GETKEYSINSLOT returns keys of all.
 */
const connection = [
  "+ping",
  "+echo",
  "+select",
  "+readonly",
  "+readwrite",
  "+command",
  "+client|id",
  "+client|info",
  "+client|getname",
  "+client|setname",
  "+client|setinfo",
  "+client|reply",
  "+cluster|shards",
  "+cluster|slots",
];

/**
 * Commands of the categories above that have no keys, or other effects than on them. `-@dangerous` has KEYS, FLUSHALL, FLUSHDB, SWAPDB,
 * MIGRATE, RESTORE, and SORT, whose BY and GET read keys outside the pattern before Valkey 7. SCAN, RANDOMKEY and DBSIZE are not
 * dangerous to Valkey, and show the keys of others. KEYS, FLUSHALL and FLUSHDB are named as well, for whoever reviews the list.
 */
const takenAway = [
  "-@admin",
  "-@dangerous",
  "-keys",
  "-scan",
  "-randomkey",
  "-dbsize",
  "-flushall",
  "-flushdb",
];

/**
 * The access string of a tenant's user. Scripts and functions (EVAL, SCRIPT, FUNCTION) are not in it: they are checked against the
 * pattern, but one can block the server for all, and SCRIPT FLUSH and FUNCTION LOAD change what others run.
 *
 * The order is the one in which ElastiCache returns it: keys, channels, commands. It returns no `resetchannels`, which would show as a
 * difference: users have no channels by default since Valkey 7.2, and where they had all, Valkey refuses a further pattern.
 */
export function tenantAccess(tenant: string): string {
  const prefix = keyPrefix(tenant);
  return [
    "on",
    `~${prefix}*`,
    `&${prefix}*`,
    "-@all",
    ...ofTypes,
    ...channels,
    ...connection,
    ...takenAway,
  ].join(" ");
}
