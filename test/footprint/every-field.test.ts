// Every field of every manifest is deployed once by the real engine: by the sample, or by the footprint with every option.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { configFile, listStacks } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { allFields, manifestShape, setFields } from "../support/fields.ts";

const folders = ["stacks/config", "test/fixtures/every-option"].map((name) => path.resolve(name));

interface Manifest extends Record<string, unknown> {
  readonly kind: string;
  readonly cloud?: string;
}

const manifests = folders.flatMap((folder) =>
  listStacks(folder).map(
    (stack): Manifest =>
      parse(readFileSync(path.join(folder, configFile(stack)), "utf8")).config["atoll:manifest"],
  ),
);

/** Fields that every manifest of the kind is refused with, and what is used instead. */
const refused: Readonly<Record<string, readonly [field: RegExp, instead: string][]>> = {
  environment: [[/^cellDefaults\./, "the fields of cells, which are covered there"]],
  tenant: [[/^(moving|builds)/, "atoll tenant move, which writes them"]],
  "cell-aws": [
    [/^stream\.clients\.\*\.(quota|principal)/, "kafka-configs.sh; the workload's role"],
  ],
  "cell-gcp": [
    [/^stream\.clients\.\*\.(quota|principal)/, "the client's own account"],
    [/^stream\.replicateTo/, "brokers are reachable from their own region only"],
    [/localRetention$/, "Managed Kafka decides what is stored where"],
    [/^eventSourcing\.aggregates\.\*\.schema/, "Apicurio's API"],
    [/^identity\.workloads\.\*\.grants\.\*\.group$/, "ACLs of the stream"],
  ],
  "cell-onprem": [
    [/localRetention$/, "disks of brokers have no tiers"],
    [/^stream\.clients\.\*\.principal$/, "the client's certificate"],
    [/^stream\.replicateTo/, "brokers are reachable from their own site only"],
    [/^database\.(upgrade|replicateTo|maintenance)/, "CloudNativePG's own upgrade and archive"],
    [/^cache\.maintenance/, "the cluster's owner decides"],
    [/^eventSourcing\.aggregates\.\*\.schema/, "Apicurio's API"],
    [/^identity\.workloads\.\*\.gcp\.\*\.group$/, "ACLs of the stream"],
  ],
};

/** A further service of a kind has the same fields as the main one. */
const ofMain = (field: string): string =>
  field
    .replace(/^(stream|database|cache)s\.\*(?=\.|$)/, "$1")
    .replace(/^(stream|database|cache)s$/, "$1");

describe("fields of manifests", () => {
  for (const kind of ["environment", "tenant", "cell-aws", "cell-gcp", "cell-onprem"]) {
    const shape = manifestShape(kind);
    const own = manifests.filter(
      (manifest) =>
        (manifest.cloud === undefined ? manifest.kind : `cell-${manifest.cloud}`) === kind,
    );
    const set = new Set(
      [...own.flatMap((manifest) => [...setFields(shape, manifest)])].map(ofMain),
    );
    const fields = [...new Set([...allFields(shape)].map(ofMain))];
    const exceptions = refused[kind] ?? [];
    const isRefused = (field: string) => exceptions.some(([pattern]) => pattern.test(field));

    test(`of ${kind} are all deployed by a footprint of the engine's tests`, () => {
      assert.deepEqual(
        fields.filter((field) => !set.has(field) && !isRefused(field)),
        [],
      );
    });
    test(`of ${kind} that are excepted exist, and no footprint sets them`, () => {
      for (const [pattern] of exceptions) {
        const matching = fields.filter((field) => pattern.test(field));
        assert.ok(matching.length > 0, String(pattern));
        if (kind !== "environment")
          assert.deepEqual(
            matching.filter((field) => set.has(field)),
            [],
          );
      }
    });
  }

  test("of both footprints are accepted", () => {
    for (const [index, name] of ["local", "all"].entries())
      assert.ok(loadFootprint(folders[index]!, name).cells.length > 2);
  });
});
