/** Failover steps for CloudNativePG. Pure. */
import { cnpgNames } from "../../components/replication/names.ts";
import { kubectl } from "./clusters.ts";
import type { Command, FailoverCell, FailoverLink, Play } from "./runbook.ts";
import { stored } from "./shell.ts";

const kind = "clusters.postgresql.cnpg.io";
/** The path of a temporary dump: on the instance's volume, which has enough space. */
const dump = "/var/lib/postgresql/data/failback.dump";
const dumpFile = "failback.dump";

export function cnpgPlay({ from, to }: FailoverLink): Play {
  const place = { environment: from.environment, cell: from.name };
  const { primary, replica } = cnpgNames(place);
  const here = instance(from, primary, "POD_HERE");
  const there = instance(to, replica, "POD_THERE");
  const database = from.databaseName ?? "";
  return {
    ready: {
      id: "see-database-copied",
      title: `Verify that the database of ${from.name} is replicated to ${to.name}`,
      commands: [there.find],
      verify: {
        commands: [there.get("{.status.phase}"), there.sql("select pg_is_in_recovery()")],
        expect: "Cluster in healthy state, and t",
      },
    },
    lag: {
      id: "measure-database-lag",
      title: `Check how much of the database of ${from.name} is lost`,
      commands: [there.find],
      verify: {
        commands: [there.sql("select now() - pg_last_xact_replay_timestamp()")],
        expect: "the age of the last replicated transaction",
      },
    },
    drained: {
      id: "drain-database",
      title: `Wait until ${to.name} has all data of the database`,
      commands: [
        here.find,
        there.find,
        { ...here.sql("select pg_current_wal_lsn()"), into: "WRITTEN" },
        // A segment is archived when it is full or switched: force a switch.
        here.sql("select pg_switch_wal()"),
      ],
      verify: {
        commands: [
          there.sql(
            `select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '${stored("WRITTEN")}') >= 0`,
          ),
        ],
        expect: "t; repeat until it appears",
      },
    },
    takeOver: () => ({
      id: "promote-database",
      title: `Promote the database's copy in ${to.name} to primary`,
      commands: [there.patch({ spec: { replica: { enabled: false } } }), there.healthy],
      verify: {
        commands: [there.find, there.sql("select pg_is_in_recovery()")],
        expect: "f",
      },
    }),
    comeBack: {
      id: "return-database",
      title: `Verify that the database of ${from.name} is running`,
      commands: [here.healthy],
      verify: { commands: [here.get("{.status.phase}")], expect: "Cluster in healthy state" },
    },
    giveBack: {
      id: "promote-database-back",
      title: `Restore the database to ${from.name}, and start replication again`,
      commands: [
        here.find,
        there.find,
        there.exec("pg_dump", "--format=custom", `--file=${dump}`, database),
        there.copy(`${stored("POD_THERE")}:${dump}`, dumpFile),
        here.copy(dumpFile, `${stored("POD_HERE")}:${dump}`),
        here.exec("pg_restore", "--clean", "--if-exists", `--dbname=${database}`, dump),
        here.exec("rm", dump),
        there.remove,
        { run: ["npx", "atoll", "pulumi", "--", "refresh", "-s", to.stack, "--yes"] },
        { run: ["npx", "atoll", "up", to.environment] },
        there.healthy,
      ],
      verify: {
        commands: [
          here.sql("select pg_is_in_recovery()"),
          there.find,
          there.sql("select pg_is_in_recovery()"),
        ],
        expect: "f, then t",
      },
    },
  };
}

/** Commands for a CloudNativePG cluster and its primary instance. */
function instance(cell: FailoverCell, cluster: string, variable: string) {
  const namespace = cell.databaseNamespace ?? "";
  const within = (...args: string[]) => kubectl(cell, "--namespace", namespace, ...args);
  const inPod = (...args: string[]): Command => ({
    run: within("exec", stored(variable), "--container", "postgres", "--", ...args),
  });
  const get = (field: string): Command => ({
    run: within("get", kind, cluster, "--output", `jsonpath=${field}`),
  });
  return {
    /** Stores the name of the primary's pod. */
    find: { ...get("{.status.currentPrimary}"), into: variable },
    get,
    exec: inPod,
    sql: (text: string) => inPod("psql", "--tuples-only", "--no-align", "--command", text),
    patch: (change: object): Command => ({
      run: within("patch", kind, cluster, "--type", "merge", "--patch", JSON.stringify(change)),
    }),
    healthy: {
      run: within("wait", kind, cluster, "--for=condition=Ready", "--timeout=15m"),
    },
    copy: (source: string, target: string): Command => ({
      run: within("cp", source, target, "--container", "postgres"),
    }),
    remove: { run: within("delete", kind, cluster) },
  };
}
