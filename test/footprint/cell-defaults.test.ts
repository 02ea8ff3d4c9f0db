// How an environment's defaults apply to its cells. The tests of the sections cover invalid values.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { withDefaults } from "../../footprint/files/cell-defaults.ts";
import { all, aws, gcp, onprem, refusesEach, set } from "../support/sample.ts";

describe("a default", () => {
  const cell = { cloud: "aws", network: { natGateways: "single" }, database: { size: "large" } };

  test("is merged below the cell's own fields; only maps are merged", () => {
    const defaults = {
      network: { natGateways: "per-zone", flowLogs: { sampling: 1 } },
      database: { size: "small", objectives: { rpo: "5 minutes" } },
      zones: ["a", "b"],
    };
    assert.deepEqual(withDefaults({ ...cell, zones: ["c"] }, defaults), {
      cloud: "aws",
      network: { natGateways: "single", flowLogs: { sampling: 1 } },
      database: { size: "large", objectives: { rpo: "5 minutes" } },
      zones: ["c"],
    });
  });

  test("of the cell's cloud overrides one of all clouds, and one of another cloud does not apply", () => {
    const defaults = {
      owner: "platform",
      tags: { a: "1", b: "1" },
      aws: { owner: "aws-team", tags: { b: "2" } },
      gcp: { owner: "gcp-team" },
    };
    const { owner, tags } = withDefaults(cell, defaults);
    assert.deepEqual([owner, tags], ["aws-team", { a: "1", b: "2" }]);
  });

  test("does not add a service to a cell, but adds node pools to each", () => {
    const defaults = { cache: { size: "small" }, nodePools: { batch: { class: "batch" } } };
    const given = withDefaults(cell, defaults);
    assert.equal("cache" in given, false);
    assert.deepEqual(given.nodePools, { batch: { class: "batch" } });
    assert.deepEqual(withDefaults({ ...cell, cache: {} }, defaults).cache, { size: "small" });
  });

  test("is removed by null; null without a default is left for the schema to refuse", () => {
    const defaults = { nodePools: { batch: { class: "batch" } }, database: { size: "small" } };
    const own = { ...cell, nodePools: { batch: null, data: null }, database: null };
    const { nodePools, ...rest } = withDefaults(own, defaults);
    assert.deepEqual(nodePools, { data: null });
    assert.equal("database" in rest, false);
  });
});

describe("a problem of a default", () => {
  const without = (...fields: string[]) => all(...fields.map((field) => set(field, undefined)));

  refusesEach([
    [
      "is an invalid version, once at the environment's file, and not for the cell that overrides it",
      {
        local: set("cellDefaults", { cluster: { version: "0.9" } }),
        [gcp]: without("cluster.version"),
        [onprem]: without("cluster.version"),
      },
      [
        /^Pulumi\.local\.yaml: cellDefaults\.cluster\.version: must be a version in standard support.*\(got "0\.9"\)/,
      ],
    ],
    [
      "is reported at the default's cloud, and a cell's own mistake at the cell",
      {
        local: set("cellDefaults", { aws: { database: { size: "huge" } } }),
        [aws]: all(without("database.size"), set("cache.size", "tiny")),
      },
      [
        /^Pulumi\.local\.yaml: cellDefaults\.aws\.database\.size: must be one of /,
        /^Pulumi\.local\.aws-use1\.yaml: cache\.size: must be one of /,
      ],
    ],
    [
      "is a field that no cell has, or one that identifies a cell",
      {
        local: set("cellDefaults", {
          netwrok: {},
          cidr: "10.0.0.0/16",
          gcp: { accuont: "1" },
          aws: { zoness: [] },
        }),
      },
      [
        /^Pulumi\.local\.yaml: cellDefaults\.aws\.zoness: unknown field, did you mean "zones"\?/,
        /^Pulumi\.local\.yaml: cellDefaults\.gcp\.accuont: unknown field/,
        /^Pulumi\.local\.yaml: cellDefaults\.netwrok: unknown field, did you mean "network"\?/,
        /^Pulumi\.local\.yaml: cellDefaults\.cidr: unknown field/,
      ],
    ],
  ]);
});
