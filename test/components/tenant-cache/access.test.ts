// Valkey's own categories, of release 8.0.1, decide what the list permits. That ElastiCache accepts it is not proven here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { tenantAccess } from "../../../components/tenant-cache/access.ts";

/** Each command with its categories, and `keys` if it has keys. Source: src/commands/*.json. */
const commands = JSON.parse(
  readFileSync(join(import.meta.dirname, "valkey-commands.json"), "utf8"),
) as Readonly<Record<string, string>>;

const is = (command: string, category: string) =>
  (commands[command] ?? "").split(" ").includes(category);

/** The commands that a list permits, in the way in which Valkey applies its rules: one after the other. */
function permitted(access: string): string[] {
  const allowed = new Set<string>();
  for (const rule of access.split(" ").filter((each) => /^[+-]/.test(each))) {
    const name = rule.slice(1);
    const named = Object.keys(commands).filter((command) =>
      name === "@all"
        ? true
        : name.startsWith("@")
          ? is(command, name.slice(1))
          : command === name || command.startsWith(`${name}|`),
    );
    assert.ok(named.length > 0, rule);
    for (const command of named) {
      if (rule.startsWith("+")) allowed.add(command);
      else allowed.delete(command);
    }
  }
  return [...allowed];
}

describe("the access of a tenant to a cache that others use", () => {
  const access = tenantAccess("birch");
  const allowed = permitted(access);

  test("is to keys and channels with its prefix, which ends in a delimiter", () => {
    const patterns = access.split(" ").filter((rule) => /^[~&%(]|^all|^reset/.test(rule));
    assert.deepEqual(patterns, ["~birch:*", "&birch:*"]);
    assert.match(access, /^on ~\S+ &\S+ -@all \+/);
  });

  test("has every command without keys decided: none shows or changes what is others'", () => {
    const harmless = [
      ...["multi", "exec", "discard", "unwatch", "ping", "echo", "select"],
      ...["readonly", "readwrite"],
      // Valkey compares the channels of these with the pattern.
      ...["publish", "subscribe", "psubscribe", "unsubscribe", "punsubscribe"],
      ...["client|id", "client|info", "client|getname", "client|setname", "client|setinfo"],
      ...["client|reply", "cluster|shards", "cluster|slots"],
      // Descriptions of commands.
      ...["command", "command|count", "command|docs", "command|getkeys"],
      ...["command|getkeysandflags", "command|help", "command|info", "command|list"],
      ...["object|help", "xgroup|help", "xinfo|help"],
    ];
    const keyless = allowed.filter((command) => !is(command, "keys"));
    assert.deepEqual(keyless.sort(), harmless.sort());
  });

  test("has none of the commands that leave the pattern, watch others, or stop the server", () => {
    for (const command of [
      ...["keys", "scan", "randomkey", "dbsize", "flushall", "flushdb", "swapdb", "migrate"],
      ...["sort", "sort_ro", "restore", "wait", "monitor", "info", "pubsub|channels"],
      ...["client|list", "client|kill", "client|tracking", "cluster|getkeysinslot"],
      ...["eval", "evalsha", "fcall", "script|flush", "script|kill", "function|load"],
      ...["config|get", "acl|setuser", "acl|list", "debug", "shutdown", "memory|stats"],
    ]) {
      assert.ok(command in commands, command);
      assert.ok(!allowed.includes(command), command);
    }
  });

  test("has what a cache is used for", () => {
    for (const command of ["get", "set", "del", "unlink", "expire", "incr", "hset", "zadd", "xadd"])
      assert.ok(allowed.includes(command), command);
  });

  test("is as ElastiCache returns it: without resets, and at most 716 characters", () => {
    const longest = tenantAccess("a".repeat(20));
    assert.doesNotMatch(longest, /reset|nopass|>/);
    assert.ok(longest.length <= 716);
  });
});
