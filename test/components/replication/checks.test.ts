// What no test here can show: that a mechanism keeps what its vendor says of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { clouds, type RegionalCloud, regionsOf } from "../../../components/core/cloud.ts";
import { replicationProblems } from "../../../components/replication/checks.ts";
import {
  allMechanisms,
  isRefused,
  mechanismOf,
  replicatedServices,
} from "../../../components/replication/mechanisms.ts";
import {
  cellsBefore,
  plannedLinks,
  type ReplicatedCell,
} from "../../../components/replication/plan.ts";
import {
  country,
  countryOf,
  jurisdiction,
  liesIn,
} from "../../../components/replication/residency.ts";
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

function problemsOf(...cells: ReplicatedCell[]) {
  return replicationProblems(
    cells,
    cells.map(({ name }) => name),
  );
}

/** The only problem there is, as a line. */
function problemOf(...cells: ReplicatedCell[]): string {
  const found = problemsOf(...cells);
  assert.equal(found.length, 1, JSON.stringify(found));
  const [{ path, message, got } = { path: "", message: "", got: "" }] = found;
  return `${path}: ${message}${got === undefined ? "" : ` (got ${JSON.stringify(got)})`}`;
}

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

describe("residency", () => {
  test("every region of both clouds has a country", () => {
    for (const cloud of ["aws", "gcp"] as const satisfies RegionalCloud[]) {
      for (const region of regionsOf(cloud)) {
        assert.match(countryOf(cloud, region) ?? region, /^[a-z]{2}$/);
      }
    }
  });

  test("the Union holds its members, and neither its neighbours nor its former member", () => {
    assert.ok(liesIn("eu", "ie") && liesIn("eu", "be") && liesIn("kr", "kr"));
    assert.ok(!liesIn("eu", "gb") && !liesIn("eu", "ch") && !liesIn("eu", "us"));
  });

  test("countries are written as ISO 3166 does", () => {
    assert.ok(country.safeParse("kr").success && jurisdiction.safeParse("eu").success);
    for (const wrong of ["uk", "eu", "KR", "korea"]) assert.ok(!country.safeParse(wrong).success);
  });

  test("data does not go where it may not be", () => {
    const belgium = { ...copying(gcpBelgium, "database", "gcp-usc1"), residency: "eu" };
    const iowa = { ...gcpNetherlands, name: "gcp-usc1", region: "us-central1", country: "us" };
    assert.equal(
      problemOf(belgium, iowa),
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.cell: must be a cell in the European Union, which data of "gcp-euw1" may not leave; us-central1 is in "us" (got "gcp-usc1")',
    );
  });

  test("a bucket is held to it too", () => {
    const east: ReplicatedCell = {
      ...awsEast,
      residency: "us",
      objectStore: { buckets: { uploads: { replicateTo: { cell: "aws-euw1" } } } },
    };
    const ireland = { ...awsWest, name: "aws-euw1", region: "eu-west-1", country: "ie" };
    assert.match(
      problemOf(east, ireland),
      /objectStore\.buckets\.uploads\.replicateTo\.cell: must be a cell in "us"/,
    );
  });

  test("a cell stands where its data may be, and a site says where that is", () => {
    assert.match(
      problemOf({ ...awsEast, residency: "eu" }),
      /aws-use1\.yaml: residency: must be where the cell stands: us-east-1 is in "us" \(got "eu"\)/,
    );
    assert.match(
      problemOf({ ...seoul, country: undefined, residency: "kr" }),
      /onprem-sel\.yaml: country: is required where residency is/,
    );
    const unsaid = { ...busan, country: undefined };
    assert.match(
      problemOf({ ...copying(seoul, "database", "onprem-pus"), residency: "kr" }, unsaid),
      /say where "onprem-pus" stands with `country` in Pulumi\.prod\.onprem-pus\.yaml/,
    );
  });
});

describe("order", () => {
  test("two cells that copy one service to each other are told once, and which is to go", () => {
    const east = copying(awsEast, "stream", "aws-usw2");
    const west = copying(awsWest, "stream", "aws-use1");
    assert.equal(
      problemOf(east, west),
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must not lead back to "aws-use1" (aws-use1 copies its stream to aws-usw2, aws-usw2 copies its stream to aws-use1): one of them has to be the original: take one of the two away (got "aws-usw2")',
    );
  });

  test("a circle over several services is told with another cure", () => {
    const east = copying(awsEast, "stream", "aws-usw2");
    const west = copying(awsWest, "database", "aws-use1");
    assert.match(problemOf(east, west), /one stack has to be up before the other: copy all in one/);
  });

  test("whoever makes a copy comes after the other cell", () => {
    const east = copying(copying(awsEast, "stream", "aws-usw2"), "database", "aws-usw2");
    const links = plannedLinks([east, awsWest, copying(seoul, "database", "onprem-pus"), busan]);
    assert.deepEqual(cellsBefore("aws-use1", links), ["aws-usw2"]);
    assert.deepEqual(cellsBefore("aws-usw2", links), []);
    assert.deepEqual(cellsBefore("onprem-sel", links), []);
    assert.deepEqual(cellsBefore("onprem-pus", links), ["onprem-sel"]);
  });

  test("whatever cells copy, there is either a problem or an order", () => {
    const cell = fc.nat({ max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (pairs) => {
        const named = (index: number) => `cell-${index}`;
        const cells = Array.from({ length: 5 }, (_, index): ReplicatedCell => {
          const base = { ...awsEast, name: named(index), region: `region-${index}` };
          const pair = pairs.find(([from]) => from === index);
          return pair ? copying(base, "database", named(pair[1])) : base;
        });
        const problems = problemsOf(...cells);
        const links = plannedLinks(cells);
        const placed = new Set<string>();
        let left = cells.map(({ name }) => name);
        for (let ready = left; ready.length > 0; ) {
          ready = left.filter((name) =>
            cellsBefore(name, links).every((other) => placed.has(other)),
          );
          for (const name of ready) placed.add(name);
          left = left.filter((name) => !placed.has(name));
        }
        assert.equal(left.length > 0, problems.length > 0);
      }),
    );
  });
});
