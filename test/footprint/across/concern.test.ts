// One cell of the sample with mistakes elsewhere. What these tests cannot prove: that its stack has the same plan; test/e2e does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Footprint } from "../../../footprint/model.ts";
import { all, aws, gcp, loaded, onprem, refusals, set } from "../../support/sample.ts";

const broken = "config: [1,\n  a: b";

/** Removes the connections between the sample's cells. */
const apart = all(set("connectivity", undefined), set("dns", undefined));

/** The inputs of a cell's resources, without facts of other cells that only its checks use. */
function plannedFrom(
  { environment, cells, plans: { connectivity, dns, people } }: Footprint,
  stack: string,
) {
  const cell = cells.find((candidate) => candidate.stack === stack);
  assert.ok(cell);
  const { objectStore, identity, ...specs } = cell.specs;
  const { cells: ___, ...plan } = { cells: [], ...connectivity?.plan };
  const { peers: _, ...buckets } = { peers: {}, ...objectStore };
  const { resources: __, ...workloads } = { resources: {}, ...identity };
  return {
    specs: { ...specs, buckets, workloads },
    ownership: [environment.owner, environment.costCentre, environment.dataClass],
    plan,
    names: dns?.plan.cells[cell.name],
    people: people?.reached[cell.name],
  };
}

describe("one cell", () => {
  test("is read with its environment and the cells that it refers to", () => {
    const footprint = loaded({}, onprem);
    assert.deepEqual(
      footprint.stacks.find(({ name }) => name === onprem),
      { name: onprem, kind: "cell", needs: ["local", gcp] },
    );
  });

  test("is not refused for a mistake in a section of a connected cell", () => {
    const edits = { [aws]: set("database.size", "enormous") };
    assert.equal(refusals(edits).length, 1);
    assert.deepEqual(refusals(edits, gcp), []);
  });

  test("has the same plan as without that mistake", () => {
    const footprint = loaded({ [aws]: set("database.size", "enormous") }, gcp);
    assert.deepEqual(plannedFrom(footprint, gcp), plannedFrom(loaded({}), gcp));
  });

  test("has the same plan when a bucket of another cell is renamed", () => {
    const renamed = loaded({
      [aws]: (manifest) => {
        const { buckets } = manifest.objectStore as { buckets: Record<string, unknown> };
        buckets.files = buckets.uploads;
        delete buckets.uploads;
      },
    });
    for (const stack of [gcp, onprem])
      assert.deepEqual(plannedFrom(renamed, stack), plannedFrom(loaded({}), stack), stack);
    assert.deepEqual(renamed.environment, loaded({}).environment);
  });

  test("is refused only for its own mistakes and those of its environment", () => {
    const edits = {
      local: set("owner", 7),
      [gcp]: set("cluster.version", "1.1"),
      [aws]: set("database.size", "enormous"),
    };
    const lines = refusals(edits, gcp);
    assert.equal(lines.length, 2, lines.join("\n"));
    assert.match(lines[0]!, /^Pulumi\.local\.yaml: owner/);
    assert.match(lines[1]!, /^Pulumi\.local\.gcp-euw1\.yaml: cluster\.version/);
  });

  test("is refused for a mistake of a cell that it refers to", () => {
    const edits = { [gcp]: set("cluster.version", "1.1") };
    assert.match(refusals(edits, onprem).join(), /gcp-euw1\.yaml: cluster\.version/);
    assert.deepEqual(refusals(edits, aws), []);
  });

  test("is refused while a cell that is copied to it is invalid", () => {
    const edits = {
      local: apart,
      [aws]: all(set("database.replicateTo", { cell: "gcp-euw1" }), set("cluster.version", "1.1")),
    };
    assert.match(refusals(edits, gcp).join(), /aws-use1\.yaml: cluster\.version/);
    assert.doesNotMatch(refusals(edits, onprem).join(), /aws-use1\.yaml/);
  });

  test("is refused while the file of a connected cell cannot be read", () => {
    for (const edit of [broken, set("region", "us-east-l")]) {
      assert.equal(refusals({ [aws]: edit }, gcp).length, 1);
      assert.deepEqual(
        refusals({ local: apart, [onprem]: set("dns", undefined), [aws]: edit }, gcp),
        [],
      );
    }
  });

  test("is planned without links of unrelated cells that cannot be read", () => {
    const links = (lines: readonly [string, string][]) =>
      all(
        set("connectivity.gateways", {}),
        set("dns", undefined),
        set(
          "connectivity.reachability",
          lines.map(([from, to]) => ({
            from,
            to,
            why: "x",
            ports: [{ protocol: "tcp", ports: [443] }],
          })),
        ),
      );
    const local = links([["aws-use1", "gcp-euw1"]]);
    const base = { local, [onprem]: all(set("identity", undefined), set("dns", undefined)) };
    assert.deepEqual(refusals({ ...base, [aws]: broken }, onprem), []);
    const footprint = loaded({ ...base, [aws]: broken }, onprem);
    assert.deepEqual(footprint.plans.connectivity?.plan.matrix, []);
  });

  test("on AWS with private names is refused while a cell that may share its account and region cannot be read", () => {
    const local = set("connectivity", undefined);
    assert.equal(
      refusals({ local, [gcp]: broken, [onprem]: set("identity", undefined) }, aws).length,
      1,
    );
    assert.deepEqual(
      refusals({ local, [gcp]: set("region", "x"), [onprem]: set("identity", undefined) }, aws),
      [],
    );
    assert.deepEqual(refusals({ local, [aws]: broken }, gcp), []);
  });

  test("is refused for a block that overlaps another's, in either order", () => {
    assert.match(
      refusals({ [aws]: set("cidr", "10.36.0.0/17") }, aws).join(),
      /aws-use1\.yaml: cidr: must not overlap 10\.36\.0\.0\/16 of cell "gcp-euw1"/,
    );
    assert.match(
      refusals({ [aws]: set("cidr", "10.36.0.0/17") }, gcp).join(),
      /gcp-euw1\.yaml: cidr: must not overlap 10\.36\.0\.0\/17 of cell "aws-use1"/,
    );
    const edits = { [aws]: set("cidr", "10.36.0.0/17"), [onprem]: set("dns", undefined) };
    assert.deepEqual(refusals({ ...edits, local: apart }, onprem), []);
  });

  test("without a file is refused, with a similar name", () => {
    assert.match(
      refusals({}, "local.aws-use2").join(),
      /no such cell or tenant, did you mean "local\.aws-use1"\?/,
    );
  });
});
