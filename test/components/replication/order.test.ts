// Residency, and the order of stacks. The countries of regions are from the clouds' documentation and not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type RegionalCloud, regionsOf } from "../../../components/core/cloud.ts";
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
import { awsEast, awsWest, busan, copying, gcpBelgium, gcpNetherlands, seoul } from "./cells.ts";
import { problemOf, problemsOf } from "./problems.ts";

describe("residency", () => {
  test("every region of both clouds has a country", () => {
    for (const cloud of ["aws", "gcp"] as const satisfies RegionalCloud[]) {
      for (const region of regionsOf(cloud)) {
        assert.match(countryOf(cloud, region) ?? region, /^[a-z]{2}$/);
      }
    }
  });

  test("the European Union has its members, and neither its neighbours nor its former member", () => {
    assert.ok(liesIn("eu", "ie") && liesIn("eu", "be") && liesIn("kr", "kr"));
    assert.ok(!liesIn("eu", "gb") && !liesIn("eu", "ch") && !liesIn("eu", "us"));
  });

  test("countries use ISO 3166 codes", () => {
    assert.ok(country.safeParse("kr").success && jurisdiction.safeParse("eu").success);
    for (const wrong of ["uk", "eu", "KR", "korea"]) assert.ok(!country.safeParse(wrong).success);
  });

  test("data does not leave its residency", () => {
    const belgium = { ...copying(gcpBelgium, "database", "gcp-usc1"), residency: "eu" };
    const iowa = { ...gcpNetherlands, name: "gcp-usc1", region: "us-central1", country: "us" };
    assert.equal(
      problemOf(belgium, iowa),
      'Pulumi.prod.gcp-euw1.yaml: database.replicateTo.cell: must be a cell in the European Union, which data of "gcp-euw1" must not leave; us-central1 is in "us" (got "gcp-usc1")',
    );
  });

  test("the same applies to buckets", () => {
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

  test("a cell must be in its residency, and an on-premises cell must set its country", () => {
    assert.match(
      problemOf({ ...awsEast, residency: "eu" }),
      /aws-use1\.yaml: residency: must include the cell's own location: us-east-1 is in "us" \(got "eu"\)/,
    );
    assert.match(
      problemOf({ ...seoul, country: undefined, residency: "kr" }),
      /onprem-sel\.yaml: country: is required with residency/,
    );
    const unsaid = { ...busan, country: undefined };
    assert.match(
      problemOf({ ...copying(seoul, "database", "onprem-pus"), residency: "kr" }, unsaid),
      /set `country` of "onprem-pus" in Pulumi\.prod\.onprem-pus\.yaml/,
    );
  });
});

describe("order", () => {
  test("two cells that replicate one service to each other are reported once, with the cure", () => {
    const east = copying(awsEast, "stream", "aws-usw2");
    const west = copying(awsWest, "stream", "aws-use1");
    assert.equal(
      problemOf(east, west),
      'Pulumi.prod.aws-use1.yaml: stream.replicateTo.cell: must not lead back to "aws-use1" (aws-use1 copies its stream to aws-usw2, aws-usw2 copies its stream to aws-use1): one cell must be the original: remove one of the two (got "aws-usw2")',
    );
  });

  test("a cycle over several services is reported with another cure", () => {
    const east = copying(awsEast, "stream", "aws-usw2");
    const west = copying(awsWest, "database", "aws-use1");
    assert.match(
      problemOf(east, west),
      /one stack must be deployed before the other: copy everything in one/,
    );
  });

  test("the stack that creates a copy is deployed after the other cell", () => {
    const east = copying(copying(awsEast, "stream", "aws-usw2"), "database", "aws-usw2");
    const links = plannedLinks([east, awsWest, copying(seoul, "database", "onprem-pus"), busan]);
    assert.deepEqual(cellsBefore("aws-use1", links), ["aws-usw2"]);
    assert.deepEqual(cellsBefore("aws-usw2", links), []);
    assert.deepEqual(cellsBefore("onprem-sel", links), []);
    assert.deepEqual(cellsBefore("onprem-pus", links), ["onprem-sel"]);
  });

  test("for any replication, there is either a problem or an order", () => {
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
