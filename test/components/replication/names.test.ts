// Runbooks use names that the components create. Whether these resources exist in a failover is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plannedLinks, type ReplicatedCell } from "../../../components/replication/plan.ts";
import { planFailover } from "../../../operations/failover/plan.ts";
import type { FailoverCell, FailoverLink } from "../../../operations/failover/runbook.ts";
import { inventory } from "../../support/inventory.ts";
import { awsEast, awsWest, busan, copying, gcpBelgium, gcpNetherlands, seoul } from "./cells.ts";
import { programs } from "./fixture.ts";

describe("a runbook", () => {
  const standing = (cell: ReplicatedCell): FailoverCell => ({
    ...cell,
    environment: "prod",
    stack: `prod.${cell.name}`,
    clusterName: `prod-${cell.name}-cluster`,
    writers: [],
    left: {},
    databaseName: "app",
    databaseNamespace: "database",
  });
  const words = (from: ReplicatedCell, to: ReplicatedCell) => {
    const [here, there] = [standing(from), standing(to)];
    const links = plannedLinks([here, there]).map(
      (link): FailoverLink => ({ ...link, from: here, to: there }),
    );
    const { before, failover, failBack } = planFailover(here, there, links, false);
    return [...before, ...failover, ...failBack]
      .flatMap(({ commands, verify }) => [...commands, ...verify.commands])
      .flatMap(({ run }) => run);
  };
  /** The physical names in commands. */
  const spoken = (all: readonly string[]) =>
    new Set(
      all
        .flatMap((word) => word.split(/[=:/,]/))
        .filter((word) => /^prod-.*-(database|stream)/.test(word)),
    );
  const texts = (value: unknown): string[] => {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
  };

  for (const [what, pair, made, primaries] of [
    [
      "AWS",
      [copying(copying(awsEast, "stream", "aws-usw2"), "database", "aws-usw2"), awsWest],
      [programs.awsDatabase, programs.awsStream],
      ["prod-aws-use1-database", "prod-aws-use1-stream", "prod-aws-usw2-stream"],
    ],
    [
      "GCP",
      [copying(gcpBelgium, "database", "gcp-euw4"), gcpNetherlands],
      [programs.gcpDatabase],
      ["prod-gcp-euw1-database"],
    ],
    [
      "premises",
      [copying(seoul, "database", "onprem-pus"), busan],
      [programs.onpremDatabase],
      ["prod-onprem-sel-database"],
    ],
  ] as const) {
    test(`uses only names of resources that the components create on ${what}`, async () => {
      const names = new Set<string>(primaries);
      for (const program of made) {
        for (const { inputs } of await inventory(() => program())) {
          for (const text of texts(inputs)) names.add(text);
        }
      }
      const said = spoken(words(...pair));
      assert.ok(said.size > 1);
      assert.deepEqual(
        [...said].filter((name) => !names.has(name)),
        [],
      );
    });
  }
});
