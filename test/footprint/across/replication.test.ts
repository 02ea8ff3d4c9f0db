// Invalid replication in manifests, and the order of stacks. test/components/replication covers the copies.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { parse, stringify } from "yaml";
import { BlueprintError } from "../../../components/core/errors.ts";
import { loadFootprint } from "../../../footprint/load.ts";
import { failoverCell, failoverLinks } from "../../../operations/failover/cells.ts";
import { writePairs } from "../../support/pairs.ts";
import { type Edit, set } from "../../support/sample.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "replication-"));
after(() => rmSync(folder, { recursive: true }));
writePairs(folder);

const east = "local.aws-use1";
const west = "local.aws-usw2";
const belgium = "local.gcp-euw1";
const seoul = "local.onprem-sel";

/** The problems after edits, one line per problem. */
function refused(edits: Record<string, Edit>): string[] {
  const files = Object.keys(edits).map((stack) => path.join(folder, `Pulumi.${stack}.yaml`));
  const before = files.map((file) => readFileSync(file, "utf8"));
  try {
    for (const [index, edit] of Object.values(edits).entries()) {
      const document = parse(before[index]!);
      edit(document.config["atoll:manifest"]);
      writeFileSync(files[index]!, stringify(document));
    }
    loadFootprint(folder, "local");
    return [];
  } catch (error) {
    assert.ok(error instanceof BlueprintError, String(error));
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.replace(/^ {2}- /, ""));
  } finally {
    for (const [index, file] of files.entries()) writeFileSync(file, before[index]!);
  }
}

describe("a footprint whose cells copy to each other", () => {
  const footprint = loadFootprint(folder, "local");

  test("deploys first what others need, and no cell needs itself", () => {
    const needs = Object.fromEntries(footprint.stacks.map(({ name, needs }) => [name, needs]));
    assert.ok(needs[east]?.includes(west));
    assert.ok(needs[belgium]?.includes("local.gcp-euw4"));
    // The source's archive must exist.
    assert.ok(needs["local.onprem-pus"]?.includes(seoul));
    assert.deepEqual(needs[west], ["local"]);
  });

  test("knows the writers, and what is not copied", () => {
    const cell = footprint.cells.find(({ stack }) => stack === east)!;
    const { writers, left, clusterName } = failoverCell(cell, footprint.registry);
    assert.deepEqual([writers, clusterName], [["shop"], "local-aws-use1"]);
    assert.deepEqual(Object.keys(left), ["cache", "queue", "secrets", "eventSourcing.outbox"]);
  });

  test("copies topics of events with the stream's own", () => {
    const [link] = failoverLinks(footprint).filter(({ service }) => service === "stream");
    const topics = Object.keys(link?.from.stream?.topics ?? {});
    assert.ok(topics.includes("page-views") && topics.includes("order.events"));
  });

  const cases: readonly (readonly [string, Record<string, Edit>, RegExp])[] = [
    [
      "a cell that does not exist",
      { [east]: set("database.replicateTo.cell", "aws-usw") },
      /^Pulumi\.local\.aws-use1\.yaml: database\.replicateTo\.cell: must be another cell of the environment, did you mean "aws-usw2"\? \(got "aws-usw"\)$/,
    ],
    [
      "a cell of another cloud",
      { [east]: set("stream.replicateTo.cell", "gcp-euw1") },
      /aws-use1\.yaml: stream\.replicateTo\.cell: must be a cell on aws: .*"gcp-euw1" is on gcp/,
    ],
    [
      "a bucket's cell that does not exist",
      { [east]: set("objectStore.buckets.uploads.replicateTo.cell", "aws-usw") },
      /objectStore\.buckets\.uploads\.replicateTo\.cell: must be another cell of the environment, did you mean "aws-usw2"/,
    ],
    [
      "a cell without the service",
      { "local.gcp-euw4": set("database", undefined) },
      /gcp-euw1\.yaml: database\.replicateTo\.cell: must be a cell with the same service: add `database` to Pulumi\.local\.gcp-euw4\.yaml/,
    ],
    [
      "a smaller loss than the mechanism guarantees",
      { [belgium]: set("database.replicateTo.rpo", "1 second") },
      /gcp-euw1\.yaml: database\.replicateTo\.rpo: must be at least "5 minutes"/,
    ],
    [
      "data that would leave its residency",
      { [belgium]: set("residency", "be") },
      /gcp-euw1\.yaml: (database|objectStore\.buckets\.\w+)\.replicateTo\.cell: must be a cell in "be", which data of "gcp-euw1" must not leave; europe-west4 is in "nl"/,
    ],
    [
      "a country that ISO 3166 does not have",
      { [seoul]: set("country", "uk") },
      /onprem-sel\.yaml: country: must be "gb", the code of ISO 3166 \(got "uk"\)/,
    ],
    [
      "a residency that differs from the cell's location",
      { [east]: set("residency", "eu") },
      /aws-use1\.yaml: residency: must include the cell's own location: us-east-1 is in "us"/,
    ],
    [
      "topics of another shape",
      { [west]: set("stream.topics.page-views.partitions", 3) },
      /aws-usw2\.yaml: stream\.topics\.page-views\.partitions: must be 12, as in cell "aws-use1"/,
    ],
    [
      "a cycle",
      { [west]: set("database.replicateTo", { cell: "aws-use1" }) },
      /aws-use1\.yaml: \w+\S*\.replicateTo\.cell: must not lead back to "aws-use1"/,
    ],
    [
      "a stream that no mechanism copies",
      { [seoul]: set("stream.replicateTo", { cell: "onprem-pus" }) },
      /onprem-sel\.yaml: stream\.replicateTo\.cell: must be omitted on-premises/,
    ],
  ];
  for (const [what, edits, message] of cases) {
    test(`refuses ${what}`, () => {
      const lines = refused(edits);
      assert.ok(
        lines.some((line) => message.test(line)),
        lines.join("\n"),
      );
    });
  }

  test("reports copies from a cell with other problems, but not problems that follow from those", () => {
    const lines = refused({
      [east]: (manifest) => {
        set("stream.replicateTo.cell", "nowhere")(manifest);
        set("database.replicateTo.cell", "aws-use1")(manifest);
        set("cache.sise", "small")(manifest);
      },
      [west]: set("eventSourcing.aggregates.order.audti", true),
    });
    assert.deepEqual(
      lines.map((line) => line.replace(/^Pulumi\.local\.(\S+)\.yaml: (\S+): .*/, "$1 $2")).sort(),
      [
        "aws-use1 cache.sise",
        "aws-use1 database.replicateTo.cell",
        "aws-use1 stream.replicateTo.cell",
        "aws-usw2 eventSourcing.aggregates.order.audti",
      ],
      lines.join("\n"),
    );
  });

  test("does not report copies to a cell with other problems", () => {
    assert.deepEqual(refused({ [west]: set("cluster.version", "9.9") }).length, 1);
  });

  test("reports all problems at once", () => {
    const lines = refused({
      [east]: (manifest) => {
        set("database.replicateTo.rto", "1 minute")(manifest);
        set("stream.replicateTo.cell", "aws-use1")(manifest);
      },
      [belgium]: set("database.edition", "ENTERPRISE"),
    });
    assert.ok(lines.some((line) => /database\.replicateTo\.rto/.test(line)));
    assert.ok(lines.some((line) => /stream\.replicateTo\.cell: must be another cell/.test(line)));
    assert.ok(lines.some((line) => /database\.edition/.test(line)));
  });
});
