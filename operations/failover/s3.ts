/** Failover steps for S3. Pure. */

import { seconds } from "../../components/core/units.ts";
import { bucketName } from "../../components/object-store/bucket-name.ts";
import { metric } from "./metrics.ts";
import type { Command, FailoverLink, Play, Step } from "./runbook.ts";

export function s3Play({ from, to, wanted, mechanism, bucket: key = "" }: FailoverLink): Play {
  const nameOf = (cell: string) =>
    bucketName("aws", { environment: from.environment, cell }, key, from.owner);
  const here = nameOf(from.name);
  const there = nameOf(to.name);
  const pending = metric(from.region, "AWS/S3", "OperationsPendingReplication", "Maximum", {
    SourceBucket: here,
    DestinationBucket: there,
    RuleId: "all",
  });
  const reachable = (region: string, bucket: string): Command => ({
    run: ["aws", "s3api", "head-bucket", "--region", region, "--bucket", bucket],
  });
  const sync = (source: Side, target: Side, ...flags: string[]): Command => ({
    run: [
      ...["aws", "s3", "sync", `s3://${source.bucket}`, `s3://${target.bucket}`],
      ...["--source-region", source.region, "--region", target.region, ...flags],
    ],
  });
  const [one, other] = [
    { bucket: here, region: from.region },
    { bucket: there, region: to.region },
  ];
  // Only S3 Replication Time Control reports pending operations.
  const timed = seconds(wanted.rpo ?? "15 minutes") < seconds("1 day");
  const step = (id: string, title: string, rest: Pick<Step, "commands" | "verify">): Step => ({
    id: `${id}-bucket-${key}`,
    title,
    ...rest,
  });
  return {
    ready: step("see", `Verify that bucket "${key}" is replicated to ${to.name}`, {
      commands: [],
      verify: {
        commands: [
          {
            run: [
              ...["aws", "s3api", "get-bucket-replication", "--region", from.region],
              ...["--bucket", here, "--query", "ReplicationConfiguration.Rules[0].Status"],
              ...["--output", "text"],
            ],
          },
        ],
        expect: "Enabled",
      },
    }),
    lag: step("measure", `Verify that the copies of bucket "${key}" can be read`, {
      commands: [],
      verify: {
        commands: [reachable(to.region, there)],
        expect: `no error; what was written in the last ${wanted.rpo ?? mechanism.rpo} may be missing`,
      },
    }),
    drained: step("drain", `Wait until ${to.name} has all objects of bucket "${key}"`, {
      commands: [],
      verify: timed
        ? { commands: pending, expect: "0, or None if nothing was written" }
        : { commands: [sync(one, other, "--dryrun")], expect: "nothing is left to copy" },
    }),
    takeOver: () =>
      step("switch", `Switch writers to the copy of bucket "${key}"`, {
        commands: [],
        verify: {
          commands: [reachable(to.region, there)],
          expect: `no error: workloads of ${to.name} use ${there}`,
        },
      }),
    comeBack: step("return", `Copy new objects of bucket "${key}" in ${to.name} back`, {
      commands: [sync(other, one)],
      verify: { commands: [sync(other, one, "--dryrun")], expect: "few objects are left to copy" },
    }),
    giveBack: step("switch-back", `Switch writers to bucket "${key}" of ${from.name}`, {
      commands: [sync(other, one)],
      verify: { commands: [sync(other, one, "--dryrun")], expect: "nothing is left to copy" },
    }),
  };
}

interface Side {
  readonly bucket: string;
  readonly region: string;
}
