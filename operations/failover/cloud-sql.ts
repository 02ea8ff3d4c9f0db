/** Failover steps for Cloud SQL. Pure. */
import { cloudSqlNames } from "../../components/replication/names.ts";
import type { Command, FailoverLink, Play } from "./runbook.ts";

/** Primary and replica switch roles with advanced disaster recovery of Enterprise Plus; replication continues in the other direction. */
export function cloudSqlPlay({ from, to }: FailoverLink): Play {
  const place = { environment: from.environment, cell: from.name };
  const { primary, replica } = cloudSqlNames(place, from.databaseGeneration ?? 1);
  const project = ["--project", from.owner];
  const instances = (...args: string[]): Command => ({
    run: ["gcloud", "sql", "instances", ...args, ...project],
  });
  const describe = (instance: string, field: string) =>
    instances("describe", instance, `--format=value(${field})`);
  const running = (instance: string): Command => ({
    run: [
      ...["gcloud", "sql", "operations", "list", "--instance", instance, ...project],
      ...["--filter=status!=DONE", "--format=value(name,operationType)"],
    ],
  });
  const designated: Command = instances(
    ...["patch", primary, `--failover-dr-replica-name=${replica}`, "--quiet"],
  );
  return {
    ready: {
      id: "see-database-copied",
      title: `Designate the replica in ${to.name} as the DR replica`,
      commands: [designated],
      verify: {
        commands: [
          describe(primary, "replicationCluster.failoverDrReplicaName"),
          describe(replica, "state"),
        ],
        expect: `${replica}, and RUNNABLE`,
      },
    },
    lag: {
      id: "measure-database-lag",
      title: `Verify that the replica in ${to.name} can take over`,
      commands: [],
      verify: {
        commands: [describe(replica, "state,masterInstanceName")],
        expect:
          "RUNNABLE; its replication lag is in the metric cloudsql.googleapis.com/database/replication/replica_lag",
      },
    },
    drained: {
      id: "drain-database",
      title: "Verify that nothing blocks a switchover of the database",
      commands: [],
      verify: {
        commands: [running(primary), running(replica)],
        expect: "no operation is running; the switchover waits until the replica has every commit",
      },
    },
    takeOver: (lost) => ({
      id: "promote-database",
      title: `Promote the replica in ${to.name} to primary`,
      commands: [
        lost
          ? instances("promote-replica", replica, "--failover", "--quiet")
          : instances("switchover", replica, "--quiet"),
      ],
      verify: {
        commands: [describe(replica, "instanceType,state")],
        expect: "CLOUD_SQL_INSTANCE and RUNNABLE",
      },
    }),
    comeBack: {
      id: "return-database",
      title: `Wait until the instance of ${from.name} replicates from ${to.name}`,
      commands: [],
      verify: {
        commands: [describe(primary, "instanceType,state,masterInstanceName")],
        expect: `READ_REPLICA_INSTANCE, RUNNABLE, and ${replica}: Cloud SQL makes it a replica automatically as soon as possible`,
      },
    },
    giveBack: {
      id: "promote-database-back",
      title: `Make the instance of ${from.name} the primary again`,
      commands: [instances("switchover", primary, "--quiet"), designated],
      verify: {
        commands: [
          describe(primary, "instanceType,state"),
          describe(replica, "instanceType,masterInstanceName"),
        ],
        expect: `CLOUD_SQL_INSTANCE and RUNNABLE; READ_REPLICA_INSTANCE and ${primary}`,
      },
    },
  };
}
