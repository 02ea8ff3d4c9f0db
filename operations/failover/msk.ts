/** Failover steps for MSK. Pure. */
import { streamNames } from "../../components/replication/names.ts";
import { metric } from "./metrics.ts";
import type { Command, FailoverLink, Play } from "./runbook.ts";
import { stored } from "./shell.ts";

/** Records and consumer offsets are replicated in both directions under the same names: nothing has to be promoted. */
export function mskPlay({ from, to }: FailoverLink): Play {
  const names = streamNames({ environment: from.environment, cell: from.name });
  const target = streamNames({ environment: to.environment, cell: to.name });
  const find = (region: string, name: string, into: string): Command => ({
    run: [
      ...["aws", "kafka", "list-replicators", "--region", region],
      ...["--replicator-name-filter", name],
      ...["--query", "Replicators[0].ReplicatorArn", "--output", "text"],
    ],
    into,
  });
  const state = (region: string, variable: string): Command => ({
    run: [
      ...["aws", "kafka", "describe-replicator", "--region", region],
      ...["--replicator-arn", stored(variable)],
      ...["--query", "ReplicatorState", "--output", "text"],
    ],
  });
  const lagOf = (region: string, replicator: string) =>
    metric(region, "AWS/Kafka", "MessageLag", "Sum", { ReplicatorName: replicator });
  const clusterOf = (region: string, name: string, into: string): Command => ({
    run: [
      ...["aws", "kafka", "list-clusters-v2", "--region", region, "--cluster-name-filter", name],
      ...["--query", "ClusterInfoList[0].ClusterArn", "--output", "text"],
    ],
    into,
  });
  const brokers = (region: string, variable: string): Command => ({
    run: [
      ...["aws", "kafka", "get-bootstrap-brokers", "--region", region],
      ...["--cluster-arn", stored(variable)],
      ...["--query", "BootstrapBrokerStringSaslIam", "--output", "text"],
    ],
  });
  const topics = Object.keys(from.stream?.topics ?? {});
  const described = (region: string, variable: string): Command[] =>
    topics.map((topic) => ({
      run: [
        ...["aws", "kafka", "describe-topic", "--region", region],
        ...["--cluster-arn", stored(variable), "--topic-name", topic],
        ...["--query", "Status", "--output", "text"],
      ],
    }));
  return {
    ready: {
      id: "see-stream-copied",
      title: `Verify that records are replicated from ${from.name} to ${to.name}`,
      commands: [
        find(to.region, names.replicator, "REPLICATOR"),
        find(from.region, names.returning, "RETURNING"),
      ],
      verify: {
        commands: [state(to.region, "REPLICATOR"), state(from.region, "RETURNING")],
        expect: "RUNNING, twice",
      },
    },
    lag: {
      id: "measure-stream-lag",
      title: `Check how many records of ${from.name} are lost`,
      commands: [],
      verify: {
        commands: lagOf(to.region, names.replicator),
        expect: "records that were written but not copied; None if nothing was written",
      },
    },
    drained: {
      id: "drain-stream",
      title: `Wait until ${to.name} has all records`,
      commands: [],
      verify: {
        commands: lagOf(to.region, names.replicator),
        expect: "0; repeat until it appears, then wait one more minute for consumer offsets",
      },
    },
    takeOver: () => ({
      id: "switch-stream",
      title: `Switch producers and consumers to the brokers of ${to.name}`,
      commands: [clusterOf(to.region, target.cluster, "BROKERS_THERE")],
      verify: {
        commands: [brokers(to.region, "BROKERS_THERE"), ...described(to.region, "BROKERS_THERE")],
        expect:
          "the brokers' addresses, and ACTIVE for every topic; consumers of the same groups continue at their offsets",
      },
    }),
    comeBack: {
      id: "return-stream",
      title: `Wait until ${from.name} has the records written in ${to.name}`,
      commands: [find(from.region, names.returning, "RETURNING")],
      verify: {
        commands: [state(from.region, "RETURNING"), ...lagOf(from.region, names.returning)],
        expect: "RUNNING, and a lag close to 0",
      },
    },
    giveBack: {
      id: "switch-stream-back",
      title: `Switch producers and consumers to the brokers of ${from.name}`,
      commands: [clusterOf(from.region, names.cluster, "BROKERS_HERE")],
      verify: {
        commands: [
          ...lagOf(from.region, names.returning),
          brokers(from.region, "BROKERS_HERE"),
          ...described(from.region, "BROKERS_HERE"),
        ],
        expect: "a lag of 0, the brokers' addresses, and ACTIVE for every topic",
      },
    },
  };
}
