import { setTimeout as wait } from "node:timers/promises";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withoutStack } from "../core/errors.ts";

/** The clusters of a global database. */
type Members = readonly { readonly isWriter: boolean }[];

/** Aurora takes about a minute. The timeout is ten minutes; the interval is in milliseconds. */
const every = 5_000;
const attempts = 120;

/**
 * The identifier of a global database, known when it has a writer. RDS returns before the first cluster is the writer. A second
 * cluster that joins too early counts as the first, and is refused because it has no password.
 *
 * @throws RunError after ten minutes without a writer
 */
export function onceWritten(
  global: aws.rds.GlobalCluster,
  provider: aws.Provider,
): pulumi.Output<string> {
  // The id is known when the global database exists; the identifier is an input and known before.
  return pulumi.all([global.globalClusterIdentifier, global.id]).apply(async ([identifier]) => {
    if (pulumi.runtime.isDryRun()) return identifier;
    const members = async () =>
      (await aws.rds.getGlobalCluster({ identifier }, { provider })).members;
    if (await hasWriter(members, () => wait(every), attempts)) return identifier;
    throw withoutStack(
      new pulumi.RunError(
        `global database ${identifier} still has no writer: run the command again when its source cluster is available`,
      ),
    );
  });
}

/** Polls until there is a writer. It can be any member, because a failover changes it. */
export async function hasWriter(
  members: () => Promise<Members>,
  pause: () => Promise<unknown>,
  attempts: number,
): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await pause();
    if ((await members()).some(({ isWriter }) => isWriter)) return true;
  }
  return false;
}
