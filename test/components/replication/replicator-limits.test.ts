// Replication of streams at the limits of MSK Replicator and its role. That AWS counts as documented is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rolePolicies } from "../../../components/core/role-policies.ts";
import {
  longestEndArn,
  replicatorStatements,
} from "../../../components/replication/aws-replicator-policy.ts";
import type { ReplicatedCell } from "../../../components/replication/plan.ts";
import { awsEast, awsWest, copying } from "./cells.ts";
import { problemsOf } from "./problems.ts";

const topic = { partitions: 6, cleanup: "delete", maxMessageSize: "1 MiB" } as const;
const named = (count: number, length = 12) =>
  Array.from({ length: count }, (_, index) => `t${String(index).padStart(length - 1, "0")}`);

function said(topics: readonly string[], groups: readonly string[] = []): string[] {
  const stream = { topics: Object.fromEntries(topics.map((name) => [name, topic])), groups };
  const both = (cell: ReplicatedCell) => ({ ...cell, stream: { ...cell.stream, ...stream } });
  return problemsOf(copying(both(awsEast), "stream", "aws-usw2"), both(awsWest)).map(
    ({ path, message, got }) => `${path}: ${message} (got ${got})`,
  );
}

describe("a replicated stream", () => {
  test("has up to 100 topics", () => {
    assert.deepEqual(said(named(100)), []);
    assert.deepEqual(said(named(101)), [
      "Pulumi.prod.aws-use1.yaml: stream.replicateTo: must have at most 100 topics to replicate, the maximum of one MSK Replicator; declare the others in a further stream of `streams`, which is not replicated (got 101)",
    ]);
  });

  test("has up to 50 consumer groups, each with the groups below it", () => {
    assert.deepEqual(said(named(1), named(50)), []);
    assert.match(said(named(1), named(51)).join(), /at most 50 consumer groups.*\(got 51\)/);
  });

  test("has names that fit into the policies of one role", () => {
    assert.deepEqual(said(named(100, 30), named(50, 12)), []);
    const [line = ""] = said(named(100, 180), named(50, 60));
    const fits = Number(/the first (\d+) topics fill/.exec(line)?.[1]);
    assert.ok(fits > 0 && fits < 100, line);
    assert.deepEqual(said(named(fits, 180), named(50, 60)), []);
    assert.match(said(named(fits + 1, 180), named(50, 60)).join(), /the first/);
  });
});

test("the role of a replicator has managed policies after its inline policy", () => {
  const arn = longestEndArn("111122223333");
  const documents = (topics: number) => {
    const statements = replicatorStatements(arn, arn, { topics: named(topics), groups: [] });
    return rolePolicies(statements, statements)?.managed.length;
  };
  assert.deepEqual([documents(20), documents(35), documents(100)], [0, 1, 4]);
});
