/** What a tier allows of a stream, and what the cell's stream does. Pure. */
import type { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { checkSpec } from "../core/spec.ts";
import { seconds } from "../core/units.ts";
import type { Isolation } from "../tenancy/isolation.ts";
import type { StreamSettings, StreamTier } from "./schema.ts";

/** Problems of a tenant's stream with its tier. */
export function tierProblems(settings: StreamSettings, tier: StreamTier): Problem[] {
  const topics = Object.entries(settings.topics);
  const partitions = topics.reduce((sum, [, each]) => sum + each.partitions, 0);
  const most = (path: string, got: number, limit: number, what = ""): Problem[] =>
    got <= limit
      ? []
      : [{ path, message: `must be at most ${limit}${what}, the limit of the tier`, got }];
  return [
    ...most("topics", topics.length, tier.topics),
    ...most("topics", partitions, tier.partitions, " partitions together"),
    ...most("clients", Object.keys(settings.clients).length, tier.clients),
    ...topics.flatMap(([name, { cleanup, retention }]): Problem[] =>
      cleanup === "compact" || isWithin(retention, tier.retention)
        ? []
        : [
            {
              path: `topics.${name}.retention`,
              message: `must be at most ${tier.retention}, the limit of the tier`,
              got: retention,
            },
          ],
    ),
  ];
}

function isWithin(retention: StreamTier["retention"], limit: StreamTier["retention"]): boolean {
  if (limit === "forever") return true;
  return retention !== "forever" && seconds(retention) <= seconds(limit);
}

/** The services that cannot set quotas of clients. Sources: the API references of Amazon MSK and Managed Kafka, 2026-08. */
const noQuotas: Readonly<Partial<Record<Cloud, string>>> = {
  aws: "Amazon MSK has no API for client quotas",
  gcp: "Managed Service for Apache Kafka has no API for client quotas",
};

/** The quota that a tenant's clients get from the cluster that they share. */
export function enforcedQuota(
  cloud: Cloud,
  isolation: Isolation,
  { quota }: StreamTier,
): StreamTier["quota"] {
  return isolation === "silo" || cloud in noQuotas ? undefined : quota;
}

export function quotaProblems(cloud: Cloud, isolation: Isolation, tier: StreamTier): Problem[] {
  const { [cloud]: reason } = noQuotas;
  const { quota, withoutQuota } = tier;
  if (reason === undefined || quota === undefined) return [];
  if (isolation === "silo" || withoutQuota === "accept") return [];
  return [
    {
      path: "clients",
      message: `cannot have the quota of the tier: ${reason}. Use the isolation "silo", or accept in the tier, with \`withoutQuota: accept\`, that an administrator sets it with kafka-configs.sh`,
    },
  ];
}

/**
 * Problems that the schema of a cell's stream finds in a tenant's topics and clients, with the tenant's own names.
 *
 * @param prefix the prefix of physical names
 */
export function streamProblems(schema: z.ZodType, planned: unknown, prefix: string): Problem[] {
  return checkSpec(schema, planned, "").problems.flatMap((problem) => {
    const path = problem.path.replace(/^: /, "");
    if (!/^(topics|clients)\b/.test(path)) return [];
    const own = ({ got }: Problem) =>
      typeof got === "string" ? { got: got.replace(prefix, "") } : {};
    return [{ ...problem, path: path.replace(`topics.${prefix}`, "topics."), ...own(problem) }];
  });
}
