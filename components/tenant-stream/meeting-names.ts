/** Names of a cell's stream that the prefix of a tenant must not meet. Pure. */
import type { Problem } from "../core/errors.ts";
import { groupOf, parsed } from "../stream/topics.ts";
import type { PhysicalStream } from "./names.ts";
import { prefixOf } from "./names.ts";

/**
 * A tenant's prefix would cover a topic or group of the cell, or a prefix of the cell would cover the tenant's topics: a client of the
 * cell that consumes `orders.*` would read the topics of a tenant `orders`.
 *
 * @param workloadGroups the consumer groups of the cell's own workloads
 */
export function meetingNames(
  tenant: string,
  { topics, clients }: PhysicalStream,
  workloadGroups: readonly string[],
): Problem[] {
  const prefix = prefixOf(tenant);
  const patterns = [
    ...Object.keys(topics).map((name) => ({ what: `topic "${name}"`, name, prefix: false })),
    ...Object.entries(clients).flatMap(([key, client]) => [
      ...[...client.produce, ...client.consume].map((grant) => ({
        what: `the grant "${grant}" of client "${key}"`,
        ...parsed(grant),
      })),
      ...groups(`client "${key}"`, groupOf(key, client)),
    ]),
    ...workloadGroups.flatMap((group) => groups("a workload", group)),
  ];
  const met = patterns.find(
    (pattern) =>
      pattern.name.startsWith(prefix) || (pattern.prefix && prefix.startsWith(pattern.name)),
  );
  if (met === undefined) return [];
  return [
    {
      path: "topics",
      message: `must not meet names of the cell's stream: the prefix "${prefix}" and ${met.what} have names in common. Use another id or another cell`,
    },
  ];
}

/** A group, and those with it and a dot as prefix. */
function groups(whose: string, group: string) {
  return [group, `${group}.*`].map((each) => ({ what: `the groups of ${whose}`, ...parsed(each) }));
}
