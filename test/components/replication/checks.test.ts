// What no test here can show: that a mechanism keeps what its vendor says of it.
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

describe("what may be copied where", () => {
  test("every pair of clouds has a mechanism with a source, or a reason that says what would be right", () => {
    for (const service of replicatedServices) {
      for (const from of clouds) {
        for (const to of clouds) {
          const choice = mechanismOf(service, from, to);
          if (isRefused(choice)) assert.match(choice.refused, /^must be (a cell on|left out)/);
          else assert.ok(allMechanisms.includes(choice) && choice.source.length > 20);
        }
      }
    }
  });

  test("the README states what each mechanism can do", () => {
    const readme = readFileSync(
      new URL("../../../components/replication/README.md", import.meta.url),
      "utf8",
    );
    for (const { rpo, rto, title } of allMechanisms) {
      const row = `${title}[^|]*\\| ${rpo ?? "none is promised"} \\| ${rto} \\|`;
      assert.match(readme, new RegExp(row), title);
    }
  });

  test("cells of one cloud and two regions can copy database and stream, and say how fast", () => {
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
      "a cell that does not exist",
      copying(awsEast, "stream", "aws-usw"),
      [awsWest],
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must be another cell of the environment, did you mean "aws-usw2"? (got "aws-usw")',
    ],
    [
      "the cell itself",
      copying(awsEast, "database", "aws-use1"),
      [],
      'Pulumi.prod.aws-use1.yaml: database.replicateTo.cell: must be another cell: a copy in the same one is lost with it (got "aws-use1")',
    ],
    [
      "a cell of another cloud",
      copying(awsEast, "database", "gcp-euw1"),
      [gcpBelgium],
      `Pulumi.prod.aws-use1.yaml: database.replicateTo.cell: must be a cell on aws: the write-ahead log of one cloud's PostgreSQL cannot be replayed by another's; "gcp-euw1" is on gcp (got "gcp-euw1")`,
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
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must be a cell of the same account 111122223333; "aws-usw2" is in 444455556666 (got "aws-usw2")',
    ],
    [
      "a cell of the same region",
      copying(gcpBelgium, "database", "gcp-euw4"),
      [{ ...gcpNetherlands, region: "europe-west1" }],
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.cell: must be a cell of another region: cross-region replica of Cloud SQL protects from the loss of one, and "gcp-euw4" is in europe-west1 too (got "gcp-euw4")',
    ],
    [
      "less loss than the mechanism can promise",
      copying(awsEast, "database", "aws-usw2", { rpo: "30 seconds" }),
      [awsWest],
      'Pulumi.prod.aws-use1.yaml: database.replicateTo.rpo: must be at least "1 minute", what Aurora Global Database can do (got "30 seconds")',
    ],
    [
      "a faster return than the mechanism can do",
      copying(gcpBelgium, "database", "gcp-euw4", { rto: "2 minutes" }),
      [gcpNetherlands],
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.rto: must be at least "15 minutes", what cross-region replica of Cloud SQL can do (got "2 minutes")',
    ],
    [
      "an edition that cannot come back",
      copying(
        { ...gcpBelgium, database: { upgrading: false, edition: "ENTERPRISE" } },
        "database",
        "gcp-euw4",
      ),
      [gcpNetherlands],
      'Pulumi.prod.gcp-euw1.yaml: database.edition: must be "ENTERPRISE_PLUS" to be copied to another region: only that edition fails over and back (got "ENTERPRISE")',
    ],
    [
      "a broker in each of two zones",
      copying(
        { ...awsEast, stream: { topics, brokers: { perZone: 1, zones: 2 } } },
        "stream",
        "aws-usw2",
      ),
      [awsWest],
      "Pulumi.prod.aws-use1.yaml: stream.brokersPerZone: must be at least 2 where records are copied between regions: MSK Replicator asks for 4 brokers in 2 zones (got 1)",
    ],
  ] as const satisfies readonly (readonly [
    string,
    ReplicatedCell,
    readonly ReplicatedCell[],
    string,
  ])[]) {
    test(`${what} is refused, with what would be right`, () => {
      assert.equal(problemOf(cell, ...others), expected);
    });
  }

  test("a database is not copied while a major upgrade is under way", () => {
    const upgrading = { ...awsEast, database: { upgrading: true } };
    assert.match(
      problemOf(copying(upgrading, "database", "aws-usw2"), awsWest),
      /aws-use1\.yaml: database\.upgrade: must wait until replicateTo is taken away/,
    );
  });

  test("topics at the other end have to be there, as many partitions wide and cleaned up alike", () => {
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

  test("one secret cannot open two archives", () => {
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

  test("of a cell that is wrong elsewhere, nothing more is said", () => {
    const east = copying(awsEast, "database", "aws-usw2");
    assert.deepEqual(replicationProblems([east], ["aws-use1", "aws-usw2"]), []);
  });
});
