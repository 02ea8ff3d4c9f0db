/** Names that controllers derive from ours. Does not prove that the suffixes of a release are right. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { derivedFromRelease } from "../../../components/cache/onprem-operated.ts";
import { cache } from "../../../components/cache/section.ts";
import {
  type DerivedName,
  longestLabel,
  longestNameFor,
} from "../../../components/core/operated.ts";
import { nameIn } from "../../../components/core/place.ts";
import { nameSchema } from "../../../components/core/stack-name.ts";
import {
  derivedFromCluster,
  derivedFromCopy,
} from "../../../components/database/onprem-operated.ts";
import { database } from "../../../components/database/section.ts";
import { cnpgNames } from "../../../components/replication/names.ts";
import { componentName } from "../../../components/section/section.ts";
import { poolName } from "../../../components/stream/onprem-objects.ts";
import {
  derivedFromConnect,
  derivedFromKafka,
  derivedFromPool,
} from "../../../components/stream/onprem-operated.ts";
import { derivedNameProblems } from "../../../footprint/specs/derived-names.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const nameOf = (length: number) => letters.slice(0, length);
const lengths = fc.integer({ min: 1, max: 20 });
const fits = (name: string, derived: readonly DerivedName[]) => {
  for (const { suffix, max } of derived) assert.ok(`${name}${suffix}`.length <= max, name);
};
const problems = (
  section: typeof database | typeof cache,
  [environment, cell]: readonly [number, number],
  spec: object = {},
  key?: string,
) =>
  derivedNameProblems("onprem", { environment: nameOf(environment), cell: nameOf(cell) }, [
    { section, path: key ? `${section.plural}.${key}` : section.name, key, spec },
  ]);

describe("names derived from those of a cell", () => {
  test("all of a stream fit, whatever the names of environment and cell", () => {
    fc.assert(
      fc.property(lengths, lengths, (environment, cell) => {
        const place = { environment: nameOf(environment), cell: nameOf(cell) };
        const kafka = nameIn(place, "strimzi-cluster", "stream");
        fits(kafka, derivedFromKafka);
        fits(`${kafka}-outbox`, derivedFromConnect);
        const pools = (["controller", "broker"] as const).map((role) => poolName(kafka, role));
        assert.notEqual(pools[0], pools[1]);
        for (const pool of pools) fits(`${kafka}-${pool}`, derivedFromPool);
      }),
      { numRuns: 400 },
    );
  });

  test("a pool keeps its name wherever Strimzi could create its pods", () => {
    assert.equal(poolName("prod-onprem-sel-stream", "broker"), "prod-onprem-sel-stream-broker");
    const longest = nameOf(24);
    assert.equal(poolName(longest, "controller"), `${longest}-controller`);
    assert.equal(poolName("staging-onprem-sel-stream", "controller"), "controller");
    assert.equal(poolName("staging-onprem-sel-stream", "broker"), "broker");
  });

  test("those of an accepted database, its copy and a cache fit", () => {
    const keys = fc.option(fc.integer({ min: 1, max: 20 }).map(nameOf), { nil: undefined });
    fc.assert(
      fc.property(lengths, lengths, keys, fc.boolean(), (environment, cell, key, copied) => {
        const place = { environment: nameOf(environment), cell: nameOf(cell) };
        const spec = copied && key === undefined ? { replicateTo: { cell: "other" } } : {};
        if (problems(database, [environment, cell], spec, key).length === 0) {
          fits(nameIn(place, "cnpg-cluster", componentName(database, key)), derivedFromCluster);
          if (copied && key === undefined) fits(cnpgNames(place).replica, derivedFromCluster);
        }
        if (problems(cache, [environment, cell], {}, key).length === 0)
          fits(nameIn(place, "helm-release", componentName(cache, key)), derivedFromRelease);
      }),
      { numRuns: 400 },
    );
  });

  test("others are refused with the number of characters that fits", () => {
    assert.deepEqual(problems(database, [18, 17]), []);
    const [problem] = problems(database, [18, 18]);
    assert.equal(problem?.path, "database");
    assert.match(
      problem?.message ?? "",
      /the job "major-upgrade" of an instance would be ".*-database-999-major-upgrade", and Kubernetes allows 63 characters\. The names of environment and cell may have at most 35 characters together/,
    );
    const copied = { replicateTo: { cell: "other" } };
    assert.deepEqual(problems(database, [15, 15], copied), []);
    assert.match(
      problems(database, [16, 15], copied)[0]?.message ?? "",
      /of its copy .* at most 30 characters/,
    );
    assert.match(
      problems(cache, [20, 20], {}, nameOf(10))[0]?.message ?? "",
      /environment, cell and this key may have at most 43 characters/,
    );
  });

  test("the longest of each kind leaves room", () => {
    assert.equal(longestNameFor(derivedFromCluster), 45);
    assert.equal(longestNameFor(derivedFromCopy), 40);
    assert.equal(longestNameFor(derivedFromRelease), 52);
    assert.equal(longestNameFor([{ what: "x", suffix: "", max: longestLabel }]), longestLabel);
    assert.equal(nameSchema.safeParse("a".repeat(21)).success, false);
  });
});
