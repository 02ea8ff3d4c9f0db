/** Access control lists of Valkey: keys, channels and commands that one allows. Pure. Source: Valkey, "ACL". */

export interface CacheAcl {
  readonly on: boolean;
  /** Patterns of keys; `[...]` counts as any character. */
  readonly keys: readonly string[];
  readonly channels: readonly string[];
  /** Commands that concern what is not the user's, and that it may call. */
  readonly dangerous: readonly string[];
}

/**
 * Commands without a key, which a pattern of keys does not limit, with their categories. Source: Valkey, "Command reference" (8.1) for
 * categories; `scan`, `randomkey` and `dbsize` are not in `@dangerous`.
 */
const commands: Readonly<Record<string, readonly string[]>> = {
  acl: ["admin", "slow", "dangerous"],
  bgrewriteaof: ["admin", "slow", "dangerous"],
  bgsave: ["admin", "slow", "dangerous"],
  client: ["admin", "slow", "dangerous", "connection"],
  cluster: ["admin", "slow", "dangerous"],
  config: ["admin", "slow", "dangerous"],
  debug: ["admin", "slow", "dangerous"],
  failover: ["admin", "slow", "dangerous"],
  flushall: ["keyspace", "write", "slow", "dangerous"],
  flushdb: ["keyspace", "write", "slow", "dangerous"],
  function: ["write", "slow", "scripting"],
  keys: ["keyspace", "read", "slow", "dangerous"],
  latency: ["admin", "slow", "dangerous"],
  migrate: ["keyspace", "write", "slow", "dangerous"],
  module: ["admin", "slow", "dangerous"],
  monitor: ["admin", "slow", "dangerous"],
  psync: ["admin", "slow", "dangerous"],
  randomkey: ["keyspace", "read", "slow"],
  replicaof: ["admin", "slow", "dangerous"],
  restore: ["keyspace", "write", "slow", "dangerous"],
  save: ["admin", "slow", "dangerous"],
  scan: ["keyspace", "read", "slow"],
  shutdown: ["admin", "slow", "dangerous"],
  slaveof: ["admin", "slow", "dangerous"],
  slowlog: ["admin", "slow", "dangerous"],
  sort: ["write", "set", "sortedset", "list", "slow", "dangerous"],
  swapdb: ["keyspace", "write", "fast", "dangerous"],
  sync: ["admin", "slow", "dangerous"],
};

/**
 * Those whose subcommands are permitted alone without harm: `+cluster|slots`, `+client|setname`. `restore`, `migrate`, `sort` and
 * `function` are limited to the user's keys, or to its own code.
 */
const limitedByKeys = ["restore", "migrate", "sort", "function"];

/** Rules apply from left to right, and each selector in parentheses is a list of its own that allows more. */
export function parseAcl(text: string): CacheAcl {
  const selectors = [...text.matchAll(/\(([^)]*)\)/g)].map(([, inner = ""]) => inner);
  const lists = [text.replaceAll(/\([^)]*\)/g, " "), ...selectors].map(parseList);
  const merged = (pick: (list: CacheAcl) => readonly string[]) => [...new Set(lists.flatMap(pick))];
  return {
    on: lists[0]?.on ?? false,
    keys: merged(({ keys }) => keys),
    channels: merged(({ channels }) => channels),
    dangerous: merged(({ dangerous }) => dangerous),
  };
}

function parseList(text: string): CacheAcl {
  let on = false;
  let keys: string[] = [];
  let channels: string[] = [];
  const allowed = new Set<string>();
  const each = (change: "add" | "delete", covers: (categories: readonly string[]) => boolean) => {
    for (const [name, categories] of Object.entries(commands))
      if (covers(categories)) allowed[change](name);
  };
  for (const token of text.split(/\s+/).filter((part) => part !== "")) {
    const lower = token.toLowerCase();
    const category = /^([+-])@(\w+)$/.exec(lower);
    const command = /^([+-])([\w-]+)$/.exec(lower);
    const pattern = /^(?:~|%[RW]+~)(.*)$/i.exec(token);
    if (lower === "on") on = true;
    else if (lower === "off" || lower === "reset") on = false;
    if (lower === "reset") {
      keys = [];
      channels = [];
      allowed.clear();
    } else if (lower === "allkeys") keys = ["*"];
    else if (lower === "resetkeys") keys = [];
    else if (lower === "allchannels") channels = ["*"];
    else if (lower === "resetchannels") channels = [];
    else if (lower === "allcommands") each("add", () => true);
    else if (lower === "nocommands") allowed.clear();
    else if (pattern) keys.push(plainGlob(pattern[1] ?? ""));
    else if (token.startsWith("&")) channels.push(plainGlob(token.slice(1)));
    else if (category) {
      const [, sign, name = ""] = category;
      each(sign === "+" ? "add" : "delete", (list) => name === "all" || list.includes(name));
    } else if (command) {
      const [, sign, name = ""] = command;
      if (sign === "-") allowed.delete(name);
      else if (Object.hasOwn(commands, name)) allowed.add(name);
    }
  }
  return {
    on,
    keys,
    channels,
    dangerous: [...allowed].filter((name) => !limitedByKeys.includes(name)),
  };
}

function plainGlob(pattern: string): string {
  return pattern.replaceAll(/\[[^\]]*\]/g, "?").replaceAll(/\\(.)/g, "$1");
}
