import { setTimeout as wait } from "node:timers/promises";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { withoutStack } from "../core/errors.ts";

/** The clusters of a global database. */
type Members = readonly { readonly isWriter: boolean }[];

/** Aurora takes about a minute; it is given ten, asked every so many milliseconds. */
const every = 5_000;
const attempts = 120;

/**
 * The identifier of a global database, known once it has a writer. RDS answers before it has made the first cluster that; a
 * second one that comes too early counts as the first, and is refused for want of a password.
 *
 * @throws RunError after ten minutes without one
 */
export function onceWritten(
  global: aws.rds.GlobalCluster,
  provider: aws.Provider,
): pulumi.Output<string> {
  // The id is there when the global database is; the identifier, which it was given, is there before.
  return pulumi.all([global.globalClusterIdentifier, global.id]).apply(async ([identifier]) => {
    if (pulumi.runtime.isDryRun()) return identifier;
    const members = async () =>
      (await aws.rds.getGlobalCluster({ identifier }, { provider })).members;
    if (await hasWriter(members, () => wait(every), attempts)) return identifier;
    throw withoutStack(
      new pulumi.RunError(
        `global database ${identifier} still has no writer: run the command again when the cluster that it was made from is available`,
      ),
    );
  });
}

/** Asks until there is a writer, which may be any: after a failover it is another. */
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
