/** Failover steps for Aurora. Pure. */
import { auroraNames } from "../../components/replication/names.ts";
import { metric } from "./metrics.ts";
import type { Command, FailoverLink, Play } from "./runbook.ts";

/** The two clusters of a global database switch roles; replication continues in the other direction. */
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
      title: `Verify that the database of ${from.name} is replicated to ${to.name}`,
      commands: [],
      verify: {
        commands: [members(from.region, "].[DBClusterArn,SynchronizationStatus")],
        expect: `connected, for ${there}`,
      },
    },
    lag: {
      id: "measure-database-lag",
      title: `Check how much of the database of ${from.name} is lost`,
      commands: [],
      verify: { commands: lag, expect: "the last recorded lag, in milliseconds" },
    },
    drained: {
      id: "drain-database",
      title: `Wait until ${to.name} has all data of the database`,
      commands: [],
      verify: {
        commands: lag,
        expect: "below 1000 milliseconds; the switchover waits for the rest",
      },
    },
    takeOver: (lost) => ({
      id: "promote-database",
      title: `Promote the database's copy in ${to.name} to writer`,
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
      title: `Wait until the database of ${from.name} replicates from ${to.name}`,
      commands: [],
      verify: {
        commands: [members(to.region, "].[DBClusterArn,IsWriter,SynchronizationStatus")],
        expect: `connected, for ${here}, which Aurora automatically adds back as a secondary cluster`,
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
