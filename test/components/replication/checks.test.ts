// Checks of replication. Whether a mechanism meets its documented objectives is not proven here.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { clouds } from "../../../components/core/cloud.ts";
import { replicationProblems } from "../../../components/replication/checks.ts";
import {
  allMechanisms,
  isRefused,
  mechanismOf,
  replicatedServices,
} from "../../../components/replication/mechanisms.ts";
import type { ReplicatedCell } from "../../../components/replication/plan.ts";
import {
  awsEast,
  awsWest,
  busan,
  copying,
  gcpBelgium,
  gcpNetherlands,
  seoul,
  topics,
} from "./cells.ts";
import { problemOf, problemsOf } from "./problems.ts";

describe("supported replication", () => {
  test("every pair of clouds has a mechanism with a source, or a reason with an alternative", () => {
    for (const service of replicatedServices) {
      for (const from of clouds) {
        for (const to of clouds) {
          const choice = mechanismOf(service, from, to);
          if (isRefused(choice)) assert.match(choice.refused, /^must be (a cell on|omitted)/);
          else assert.ok(allMechanisms.includes(choice) && choice.source.length > 20);
        }
      }
    }
  });

  test("the README states the objectives of each mechanism", () => {
    const readme = readFileSync(
      new URL("../../../components/replication/README.md", import.meta.url),
      "utf8",
    );
    for (const { rpo, rto, title } of allMechanisms) {
      const row = `${title}[^|]*\\| ${rpo ?? "none"} \\| ${rto} \\|`;
      assert.match(readme, new RegExp(row), title);
    }
  });

  test("cells of one cloud in two regions can replicate database and stream, with objectives", () => {
    const objectives = { rpo: "5 minutes", rto: "30 minutes" } as const;
    const east = copying(
      copying(awsEast, "stream", "aws-usw2", objectives),
      "database",
      "aws-usw2",
      objectives,
    );
    const belgium = copying(gcpBelgium, "database", "gcp-euw4", objectives);
    const seoulCopied = copying(seoul, "database", "onprem-pus", objectives);
    assert.deepEqual(problemsOf(east, awsWest, belgium, gcpNetherlands, seoulCopied, busan), []);
  });

  for (const [what, cell, others, expected] of [
    [
      "an unknown cell",
      copying(awsEast, "stream", "aws-usw"),
      [awsWest],
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must be another cell of the environment, did you mean "aws-usw2"? (got "aws-usw")',
    ],
    [
      "the cell itself",
      copying(awsEast, "database", "aws-use1"),
      [],
      'Pulumi.prod.aws-use1.yaml: database.replicateTo.cell: must be another cell: a copy in the same cell is lost with it (got "aws-use1")',
    ],
    [
      "a cell of another cloud",
      copying(awsEast, "database", "gcp-euw1"),
      [gcpBelgium],
      `Pulumi.prod.aws-use1.yaml: database.replicateTo.cell: must be a cell on aws: PostgreSQL of one cloud cannot replay the write-ahead log of another; "gcp-euw1" is on gcp (got "gcp-euw1")`,
    ],
    [
      "a cell without the service",
      copying(awsEast, "stream", "aws-usw2"),
      [{ ...awsWest, stream: undefined } as unknown as ReplicatedCell],
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must be a cell with the same service: add `stream` to Pulumi.prod.aws-usw2.yaml (got "aws-usw2")',
    ],
    [
      "a cell of another account",
      copying(awsEast, "stream", "aws-usw2"),
      [{ ...awsWest, owner: "444455556666" }],
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must be a cell in the same account 111122223333; "aws-usw2" is in 444455556666 (got "aws-usw2")',
    ],
    [
      "a cell of the same region",
      copying(gcpBelgium, "database", "gcp-euw4"),
      [{ ...gcpNetherlands, region: "europe-west1" }],
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.cell: must be a cell in another region: cross-region replica of Cloud SQL protects from the loss of a region, and "gcp-euw4" is also in europe-west1 (got "gcp-euw4")',
    ],
    [
      "an RPO below the mechanism's minimum",
      copying(awsEast, "database", "aws-usw2", { rpo: "30 seconds" }),
      [awsWest],
      'Pulumi.prod.aws-use1.yaml: database.replicateTo.rpo: must be at least "1 minute", the minimum of Aurora Global Database (got "30 seconds")',
    ],
    [
      "an RTO below the mechanism's minimum",
      copying(gcpBelgium, "database", "gcp-euw4", { rto: "2 minutes" }),
      [gcpNetherlands],
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.rto: must be at least "15 minutes", the minimum of cross-region replica of Cloud SQL (got "2 minutes")',
    ],
    [
      "an edition that cannot fail back",
      copying(
        { ...gcpBelgium, database: { upgrading: false, edition: "ENTERPRISE" } },
        "database",
        "gcp-euw4",
      ),
      [gcpNetherlands],
      'Pulumi.prod.gcp-euw1.yaml: database.edition: must be "ENTERPRISE_PLUS" for replication to another region: only that edition fails over and back (got "ENTERPRISE")',
    ],
    [
      "a broker in each of two zones",
      copying(
        { ...awsEast, stream: { topics, brokers: { perZone: 1, zones: 2 } } },
        "stream",
        "aws-usw2",
      ),
      [awsWest],
      "Pulumi.prod.aws-use1.yaml: stream.brokersPerZone: must be at least 2 for replication between regions: MSK Replicator requires 4 brokers in 2 zones (got 1)",
    ],
  ] as const satisfies readonly (readonly [
    string,
    ReplicatedCell,
    readonly ReplicatedCell[],
    string,
  ])[]) {
    test(`${what} is refused, with the cure`, () => {
      assert.equal(problemOf(cell, ...others), expected);
    });
  }

  test("a database does not replicate while a major upgrade is in progress", () => {
    const upgrading = { ...awsEast, database: { upgrading: true } };
    assert.match(
      problemOf(copying(upgrading, "database", "aws-usw2"), awsWest),
      /aws-use1\.yaml: database\.upgrade: must be omitted until replicateTo is removed/,
    );
  });

  test("topics must exist in the target cell, with the same partitions and cleanup", () => {
    const west: ReplicatedCell = {
      ...awsWest,
      stream: {
        topics: {
          "orders.events": { partitions: 6, cleanup: "compact", maxMessageSize: "512 KiB" },
        },
      },
    };
    const found = problemsOf(copying(awsEast, "stream", "aws-usw2"), west);
    assert.deepEqual(
      found.map(({ path, got }) => [path, got]),
      [
        ["Pulumi.prod.aws-usw2.yaml: stream.topics.orders.events.partitions", 6],
        ["Pulumi.prod.aws-usw2.yaml: stream.topics.orders.events.cleanup", "compact"],
        ["Pulumi.prod.aws-usw2.yaml: stream.topics.orders.events.maxMessageSize", "512 KiB"],
        ["Pulumi.prod.aws-usw2.yaml: stream.topics.orders.snapshots", undefined],
      ],
    );
  });

  test("one secret cannot be for two archives", () => {
    const elsewhere: ReplicatedCell = {
      ...busan,
      database: {
        upgrading: false,
        archive: { endpoint: "https://other.example", credentialsSecret: "archive" },
      },
    };
    assert.match(
      problemOf(copying(seoul, "database", "onprem-pus"), elsewhere),
      /database\.archive\.credentialsSecret: must differ from that of cell "onprem-pus"/,
    );
  });

  test("no problem is reported for a cell with an invalid manifest", () => {
    const east = copying(awsEast, "database", "aws-usw2");
    assert.deepEqual(replicationProblems([east], ["aws-use1", "aws-usw2"]), []);
  });
});
