/** What a failover asks of Aurora. Pure. */
import { auroraNames } from "../../components/replication/names.ts";
import { metric } from "./metrics.ts";
import type { Command, FailoverLink, Play } from "./runbook.ts";

/** The two clusters of a global database change their roles, and keep following each other. */
export function auroraPlay({ from, to }: FailoverLink): Play {
  const names = auroraNames({ environment: from.environment, cell: from.name });
  const arn = (region: string, cluster: string) =>
    `arn:aws:rds:${region}:${from.owner}:cluster:${cluster}`;
  const here = arn(from.region, names.primary);
  const there = arn(to.region, names.replica);
  const members = (region: string, query: string): Command => ({
    run: [
      ...["aws", "rds", "describe-global-clusters", "--region", region],
      ...["--global-cluster-identifier", names.global],
      ...["--query", `GlobalClusters[0].GlobalClusterMembers[${query}]`, "--output", "text"],
    ],
  });
  const lag = metric(to.region, "AWS/RDS", "AuroraGlobalDBRPOLag", "Maximum", {
    DBClusterIdentifier: names.replica,
  });
  const become = (action: string, region: string, cluster: string, ...flags: string[]) => ({
    run: [
      ...["aws", "rds", action, "--region", region],
      ...["--global-cluster-identifier", names.global],
      ...["--target-db-cluster-identifier", cluster, ...flags],
    ],
  });
  const wait = (region: string, cluster: string): Command => ({
    run: [
      ...["aws", "rds", "wait", "db-cluster-available", "--region", region],
      ...["--db-cluster-identifier", cluster],
    ],
  });
  return {
    ready: {
      id: "see-database-copied",
      title: `See that the database of ${from.name} is followed in ${to.name}`,
      commands: [],
      verify: {
        commands: [members(from.region, "].[DBClusterArn,SynchronizationStatus")],
        expect: `connected, for ${there}`,
      },
    },
    lag: {
      id: "measure-database-lag",
      title: `See how much of the database of ${from.name} is lost`,
      commands: [],
      verify: { commands: lag, expect: "the last lag that was seen, in milliseconds" },
    },
    drained: {
      id: "drain-database",
      title: `Wait until all of the database is in ${to.name}`,
      commands: [],
      verify: {
        commands: lag,
        expect: "below 1000 milliseconds; the switchover waits for the rest",
      },
    },
    takeOver: (lost) => ({
      id: "promote-database",
      title: `Make the database's copy in ${to.name} the writer`,
      commands: [
        lost
          ? become("failover-global-cluster", to.region, there, "--allow-data-loss")
          : become("switchover-global-cluster", from.region, there),
        wait(to.region, names.replica),
      ],
      verify: { commands: [members(to.region, "?IsWriter].[DBClusterArn")], expect: there },
    }),
    comeBack: {
      id: "return-database",
      title: `Wait until the database of ${from.name} follows that in ${to.name}`,
      commands: [],
      verify: {
        commands: [members(to.region, "].[DBClusterArn,IsWriter,SynchronizationStatus")],
        expect: `connected, for ${here}, which Aurora takes back as a follower by itself`,
      },
    },
    giveBack: {
      id: "promote-database-back",
      title: `Make the database of ${from.name} the writer again`,
      commands: [
        become("switchover-global-cluster", to.region, here),
        wait(from.region, names.primary),
      ],
      verify: { commands: [members(from.region, "?IsWriter].[DBClusterArn")], expect: here },
    },
  };
}
