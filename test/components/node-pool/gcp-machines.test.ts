/** Does not prove that a zone offers a series, or that the table matches Google Cloud's current offer. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type MachineChoice,
  machineSeries,
  machines,
  seriesNames,
} from "../../../components/node-pool/gcp-machines.ts";
import { architectures, workloadClasses } from "../../../components/node-pool/pool-schema.ts";

const choice = (changed: Partial<MachineChoice> = {}): MachineChoice => ({
  class: "stateless",
  architectures: ["amd64"],
  vcpus: { min: 4, max: 32 },
  confidential: false,
  ...changed,
});

const anyChoice = fc.record({
  class: fc.constantFrom(...workloadClasses),
  architectures: fc.shuffledSubarray([...architectures], { minLength: 1 }),
  vcpus: fc
    .tuple(fc.integer({ min: 1, max: 384 }), fc.integer({ min: 1, max: 384 }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
  families: fc.option(fc.shuffledSubarray([...seriesNames], { minLength: 1 }), { nil: undefined }),
  confidential: fc.boolean(),
});

const sizeOf = (type: string) => Number(type.split("-").at(-1));

describe("choice of machine types", () => {
  test("all machine types match the settings, with a disk type that the series supports", () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        for (const { series, type, architecture, disk, confidential } of machines(given)) {
          const known = machineSeries[series];
          assert.equal(type, `${series}-standard-${sizeOf(type)}`);
          assert.ok((known.vcpus as readonly number[]).includes(sizeOf(type)));
          assert.ok(sizeOf(type) >= given.vcpus.min && sizeOf(type) <= given.vcpus.max);
          assert.ok(given.architectures.includes(architecture));
          assert.equal(architecture, known.architecture);
          assert.equal(disk, known.disk);
          if (given.families) assert.ok(given.families.includes(series));
          if (given.confidential) assert.ok(confidential);
        }
      }),
    );
  });

  test("every matching series is included once", () => {
    fc.assert(
      fc.property(anyChoice, (given) => {
        const chosen = machines(given).map(({ series }) => series);
        assert.equal(new Set(chosen).size, chosen.length);
        const fits = seriesNames.filter((name) => {
          const series = machineSeries[name];
          return (
            (given.families ?? seriesNames).includes(name) &&
            given.architectures.includes(series.architecture) &&
            (!given.confidential || "confidential" in series) &&
            series.vcpus.some((size) => size >= given.vcpus.min && size <= given.vcpus.max)
          );
        });
        assert.deepEqual([...chosen].sort(), [...fits].sort());
      }),
    );
  });

  test("architectures, and families within them, are in the given order", () => {
    const chosen = machines(
      choice({ architectures: ["arm64", "amd64"], families: ["e2", "c4a", "n4"] }),
    );
    assert.deepEqual(
      chosen.map(({ series }) => series),
      ["c4a", "e2", "n4"],
    );
  });

  test("a pool uses the size in the middle of its range, the smaller of two with the same distance", () => {
    const size = (min: number, max: number) =>
      machines(choice({ vcpus: { min, max }, families: ["n4"] })).map(({ type }) => type);
    assert.deepEqual(size(4, 32), ["n4-standard-8"]);
    assert.deepEqual(size(4, 16), ["n4-standard-8"]);
    assert.deepEqual(size(16, 16), ["n4-standard-16"]);
    assert.deepEqual(size(33, 47), []);
  });

  test("system pools use the smallest", () => {
    assert.equal(machines(choice({ class: "system" }))[0]?.type, "n4-standard-4");
  });

  test("Arm nodes and the fourth generation boot from Hyperdisk, older ones from Persistent Disk", () => {
    const disks = Object.fromEntries(
      machines(choice({ architectures: [...architectures] })).map(({ series, disk }) => [
        series,
        disk,
      ]),
    );
    for (const series of ["n4", "n4d", "n4a", "c4", "c4d", "c4a"]) {
      assert.equal(disks[series], "hyperdisk-balanced");
    }
    for (const series of ["e2", "n2", "n2d", "t2d"]) assert.equal(disks[series], "pd-balanced");
  });

  test("memory encryption is supported on some amd64 series only", () => {
    const chosen = machines(choice({ architectures: [...architectures], confidential: true }));
    assert.deepEqual(
      chosen.map(({ series, confidential }) => [series, confidential]),
      [
        ["n2d", "SEV"],
        ["c3d", "SEV"],
        ["c3", "TDX"],
        ["c4d", "SEV"],
      ],
    );
  });
});
