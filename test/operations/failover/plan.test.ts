// What these tests cannot prove: that the clouds' tools work as documented. test/components/replication compares names with those of
// the components.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import fc from "fast-check";
import { plannedLinks, type ReplicatedCell } from "../../../components/replication/plan.ts";
import { planFailover } from "../../../operations/failover/plan.ts";
import type {
  FailoverCell,
  FailoverLink,
  Runbook,
  Step,
} from "../../../operations/failover/runbook.ts";
import { needs, shellLine, stored } from "../../../operations/failover/shell.ts";
import { runbookText } from "../../../operations/failover/text.ts";
import {
  awsEast,
  awsWest,
  busan,
  copying,
  gcpBelgium,
  gcpNetherlands,
  seoul,
} from "../../components/replication/cells.ts";

function failoverCell(cell: ReplicatedCell, more: Partial<FailoverCell> = {}): FailoverCell {
  return {
    ...cell,
    environment: "prod",
    stack: `prod.${cell.name}`,
    clusterName: `prod-${cell.name}`,
    writers: ["shop", "billing"],
    left: { cache: "starts empty" },
    databaseName: "app",
    databaseNamespace: "database",
    ...more,
  };
}

function planned(from: ReplicatedCell, to: ReplicatedCell, lost = false): Runbook {
  const [here, there] = [failoverCell(from), failoverCell(to, { writers: ["billing"] })];
  const links = plannedLinks([here, there]).map(
    (link): FailoverLink => ({ ...link, from: here, to: there }),
  );
  return planFailover(here, there, links, lost);
}

const bucket = { replicateTo: { cell: "aws-usw2" } };
const east: ReplicatedCell = {
  ...copying(copying(awsEast, "stream", "aws-usw2"), "database", "aws-usw2", { rpo: "5 minutes" }),
  objectStore: { buckets: { uploads: bucket, exports: {} } },
};
const belgium: ReplicatedCell = {
  ...copying(gcpBelgium, "database", "gcp-euw4"),
  objectStore: { buckets: { uploads: { replicateTo: { cell: "gcp-euw4" } } } },
};
const pairs: readonly (readonly [ReplicatedCell, ReplicatedCell])[] = [
  [east, awsWest],
  [belgium, gcpNetherlands],
  [copying(seoul, "database", "onprem-pus"), busan],
];

const ids = (steps: readonly Step[]) => steps.map(({ id }) => id);
const allSteps = ({ before, failover, failBack }: Runbook) => [...before, ...failover, ...failBack];
const commandsOf = ({ commands, verify }: Step) => [...commands, ...verify.commands];

describe("a failover of AWS cells", () => {
  test("stops writers, waits, and then promotes database, stream and buckets before traffic moves", () => {
    assert.deepEqual(ids(planned(east, awsWest).failover), [
      "stop-writers",
      "drain-database",
      "drain-stream",
      "drain-bucket-uploads",
      "promote-database",
      "switch-stream",
      "switch-bucket-uploads",
      "start-writers",
      "move-traffic",
    ]);
  });

  test("fails back in an order in which nothing is written twice", () => {
    assert.deepEqual(ids(planned(east, awsWest).failBack), [
      "see-it-back",
      "return-database",
      "return-stream",
      "return-bucket-uploads",
      "stop-writers-there",
      "promote-database-back",
      "switch-stream-back",
      "switch-back-bucket-uploads",
      "start-writers-again",
      "move-traffic-back",
      "see-nothing-changed",
    ]);
  });

  test("states what each service loses, and what is not copied", () => {
    const { expected, notCopied } = planned(east, awsWest);
    assert.deepEqual(
      expected.map(({ service, rpo, rto }) => [service, rpo, rto]),
      [
        ["database", "5 minutes", "10 minutes"],
        ["stream", "1 minute", "15 minutes"],
        ["object-store", "15 minutes", "5 minutes"],
      ],
    );
    assert.deepEqual(Object.keys(notCopied), ["objectStore.buckets.exports", "cache"]);
  });

  test("promotes the copy by its name, in its region", () => {
    const promote = planned(east, awsWest).failover.find(({ id }) => id === "promote-database");
    assert.deepEqual(promote?.commands[0]?.run, [
      ...["aws", "rds", "switchover-global-cluster", "--region", "us-east-1"],
      ...["--global-cluster-identifier", "prod-aws-use1-database-global"],
      "--target-db-cluster-identifier",
      "arn:aws:rds:us-west-2:111122223333:cluster:prod-aws-use1-database-copy",
    ]);
  });

  test("warns that the other cell's own workloads in shared namespaces are stopped too", () => {
    const step = planned(east, awsWest).failBack.find(({ id }) => id === "stop-writers-there");
    assert.match(step?.title ?? "", /its own workloads in billing/);
  });
});

describe("a bucket without time control", () => {
  test("is drained by listing the remaining objects, because it has no metric", () => {
    const slow = { replicateTo: { cell: "aws-usw2", rpo: "2 days" as const } };
    const cell = { ...east, objectStore: { buckets: { uploads: slow } } };
    const drained = planned(cell, awsWest).failover.find(({ id }) => /^drain-bucket/.test(id));
    const [check] = drained?.verify.commands ?? [];
    assert.deepEqual(check?.run.slice(0, 5), [
      ...["aws", "s3", "sync", "s3://prod-aws-use1-uploads-111122223333"],
      "s3://prod-aws-usw2-uploads-111122223333",
    ]);
    assert.ok(check?.run.includes("--dryrun"));
  });
});

describe("with the cell lost", () => {
  test("no command of the failover accesses it", () => {
    for (const [from, to] of pairs) {
      const { before, failover } = planned(from, to, true);
      const words = [...before, ...failover].flatMap(commandsOf).flatMap(({ run }) => run);
      assert.ok(!words.includes(`${from.name}.kubeconfig`));
      if (from.cloud === "aws") assert.ok(!words.includes(from.region));
      assert.deepEqual(
        ids(failover).filter((id) => /^(stop|drain)/.test(id)),
        [],
      );
    }
  });

  test("the databases are promoted without it", () => {
    const promotion = ([from, to]: (typeof pairs)[number]) =>
      planned(from, to, true)
        .failover.find(({ id }) => id === "promote-database")
        ?.commands[0]?.run.join(" ") ?? "";
    const [aws, gcp, onprem] = pairs.map(promotion);
    assert.match(aws ?? "", /failover-global-cluster .*--allow-data-loss$/);
    assert.match(gcp ?? "", /promote-replica prod-gcp-euw1-database-copy --failover/);
    assert.match(onprem ?? "", /patch .*prod-onprem-sel-database-copy .*"enabled":false/);
  });
});

describe("every runbook", () => {
  test("states how to verify each step, and has unique step ids", () => {
    for (const [from, to] of pairs) {
      const steps = allSteps(planned(from, to));
      assert.equal(new Set(ids(steps)).size, steps.length);
      for (const { title, verify } of steps) assert.ok(title !== "" && verify.expect !== "");
    }
  });

  test("stores every value in a section before it is used there", () => {
    for (const lost of [false, true]) {
      for (const [from, to] of pairs) {
        const { before, failover, failBack } = planned(from, to, lost);
        for (const section of [before, failover, failBack]) {
          const known = new Set<string>();
          for (const command of section.flatMap(commandsOf)) {
            for (const name of needs(command)) assert.ok(known.has(name), `${name} is not stored`);
            if (command.into !== undefined) known.add(command.into);
          }
        }
      }
    }
  });

  test("has only valid shell lines", () => {
    for (const [from, to] of pairs) {
      const page = runbookText(planned(from, to));
      const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines]) => lines);
      assert.ok(blocks.length > 10);
      const read = spawnSync("sh", ["-n"], { input: blocks.join("\n"), encoding: "utf8" });
      assert.equal(read.stderr, "");
    }
  });

  test("reports missing declarations instead of guessing", () => {
    const from = failoverCell(east, { writers: [] });
    const to = failoverCell(awsWest, { writers: [] });
    const links = plannedLinks([from, to]).map((link): FailoverLink => ({ ...link, from, to }));
    const [stop] = planFailover(from, to, links, false).failover;
    assert.deepEqual(stop?.commands, []);
    assert.match(stop?.verify.expect ?? "", /has no workload \(identity\.workloads/);
  });
});

describe("shell lines", () => {
  test("give a shell the original arguments", () => {
    const argument = fc
      .string({ unit: "binary" })
      .filter((text) => !text.includes("\0") && !text.includes("${"));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (run) => {
        const line = shellLine({ run: ["printf", "%s\\0", ...run] });
        const said = spawnSync("sh", ["-c", line], { encoding: "utf8" }).stdout;
        assert.deepEqual(
          said.split("\0").slice(0, -1),
          run.map((text) => text.toWellFormed()),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("insert stored values as one word", () => {
    const lines = [
      shellLine({ run: ["printf", "%s", "two words"], into: "NAME" }),
      shellLine({ run: ["printf", "%s|", `a${stored("NAME")}b c`, stored("NAME")] }),
    ];
    const { stdout } = spawnSync("sh", ["-c", lines.join("\n")], { encoding: "utf8" });
    assert.equal(stdout, "atwo wordsb c|two words|");
  });

  test("write to a file if requested", () => {
    assert.equal(shellLine({ run: ["echo", "a"], file: "my file" }), "echo a > 'my file'");
  });
});
