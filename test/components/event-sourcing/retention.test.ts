// The implemented rules. Does not prove that they satisfy the law.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type FrameworkId, frameworkIds } from "../../../components/core/frameworks.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { erasures } from "../../../components/event-sourcing/aggregate-schema.ts";
import { retentionProblems } from "../../../components/event-sourcing/retention.ts";
import { retentionRequirements } from "../../../components/event-sourcing/retention-requirements.ts";
import {
  awsEventSourcingSpec,
  eventSourcingSpec,
  gcpEventSourcingSpec,
  onpremEventSourcingSpec,
} from "../../../components/event-sourcing/schema.ts";
import { cleanups } from "../../../components/stream/topic-schema.ts";
import { awsSpec, gcpSpec, onpremSpec, parsed } from "./fixture.ts";

type Given = Parameters<typeof parsed>[0][string];
const said = (given: Given, frameworks: FrameworkId[] = ["gdpr", "sox"]) =>
  retentionProblems(parsed({ order: given }), frameworks).map(
    ({ path, message }) => `${path.slice(2).join(".")}: ${message}`,
  );

describe("requirements of frameworks", () => {
  test("are the longest archive and the earliest erasure of the frameworks", () => {
    assert.deepEqual(retentionRequirements(["soc2"]), {});
    assert.equal(retentionRequirements(["pci-dss-4", "hipaa"]).archive?.days, 2192);
    assert.equal(retentionRequirements(["pci-dss-4", "sox", "hipaa"]).archive?.framework, "sox");
    assert.equal(retentionRequirements(["ccpa"]).erasure?.days, 45);
    assert.equal(retentionRequirements(["ccpa", "gdpr"]).erasure?.days, 30);
  });

  test("never become weaker with another framework", () => {
    const some = fc.uniqueArray(fc.constantFrom(...frameworkIds));
    fc.assert(
      fc.property(some, fc.constantFrom(...frameworkIds), (claimed, more) => {
        const [before, after] = [
          retentionRequirements(claimed),
          retentionRequirements([...claimed, more]),
        ];
        assert.ok((after.archive?.days ?? 0) >= (before.archive?.days ?? 0));
        const never = Number.POSITIVE_INFINITY;
        assert.ok((after.erasure?.days ?? never) <= (before.erasure?.days ?? never));
      }),
    );
  });
});

describe("evidence", () => {
  test("cannot be compacted", () => {
    assert.deepEqual(said({ audit: true, cleanup: "compact" }, []), [
      'cleanup: must be "delete" when audit is true: an append-only log cannot be compacted',
    ]);
  });

  test("is kept as long as the frameworks require", () => {
    assert.deepEqual(said({ audit: true, retention: "365 days" }), [
      'retention: must be at least "2557 days" when audit is true: 17 CFR 210.2-06: seven years',
    ]);
    assert.deepEqual(said({ audit: true, retention: "365 days" }, ["pci-dss-4"]), []);
    assert.deepEqual(said({ audit: true }), []);
  });
});

describe("personal data", () => {
  test("is erased with its key, in any case", () => {
    assert.deepEqual(said({ audit: true, personalData: { erasure: "crypto-shredding" } }), []);
  });

  test("in evidence cannot be erased in another way", () => {
    for (const erasure of ["tombstones", "expiry"] as const) {
      assert.match(
        said({ audit: true, personalData: { erasure } })[0] ?? "",
        /^personalData\.erasure: must be "crypto-shredding" when audit is true/,
      );
    }
  });

  test("is not erased by tombstones without compaction", () => {
    const personalData = { erasure: "tombstones" } as const;
    assert.match(said({ personalData })[0] ?? "", /tombstones have no effect there/);
    assert.deepEqual(said({ personalData, cleanup: "compact" }), []);
  });

  test("with expiry expires within the time for an erasure", () => {
    const personalData = { erasure: "expiry" } as const;
    assert.deepEqual(said({ personalData, retention: "31 days" }), [
      'retention: must be at most "30 days" when erasure is "expiry" (GDPR articles 12(3) and 17: one month), or erasure must be "crypto-shredding"',
    ]);
    assert.deepEqual(said({ personalData, retention: "30 days" }), []);
    assert.deepEqual(said({ personalData, retention: "31 days" }, ["ccpa"]), []);
    assert.match(
      said({ personalData, retention: "1 day", deadLetterRetention: "60 days" })[0] ?? "",
      /^deadLetterRetention: must be at most "30 days" unless/,
    );
  });

  test("is never both evidence and erasable without a key", () => {
    const given = fc.record({
      audit: fc.boolean(),
      cleanup: fc.constantFrom(...cleanups),
      retention: fc.oneof(
        fc.constant("forever" as const),
        fc.integer({ min: 1, max: 4000 }).map((count) => `${count} days` as const),
      ),
      personalData: fc.option(fc.record({ erasure: fc.constantFrom(...erasures) }), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(
        given,
        fc.uniqueArray(fc.constantFrom(...frameworkIds)),
        (aggregate, frameworks) => {
          const { personalData, ...rest } = aggregate;
          const found = said(personalData ? { ...rest, personalData } : rest, frameworks);
          if (found.length > 0) return;
          const days =
            rest.retention === "forever"
              ? Number.POSITIVE_INFINITY
              : Number.parseInt(rest.retention, 10);
          const { archive, erasure } = retentionRequirements(frameworks);
          if (rest.audit) {
            assert.equal(rest.cleanup, "delete");
            assert.ok(days >= (archive?.days ?? 0));
          }
          if (personalData === undefined || personalData.erasure === "crypto-shredding") return;
          assert.equal(rest.audit, false);
          if (personalData.erasure === "expiry")
            assert.ok(days <= (erasure?.days ?? Number.POSITIVE_INFINITY));
          else assert.notEqual(rest.cleanup, "delete");
        },
      ),
    );
  });
});

describe("manifests", () => {
  const all = [
    [awsEventSourcingSpec, awsSpec],
    [gcpEventSourcingSpec, gcpSpec],
    [onpremEventSourcingSpec, onpremSpec],
  ] as const;

  test("a compacted audit stream is rejected on every cloud", () => {
    for (const [schema, spec] of all) {
      assert.deepEqual(checkSpec(schema, spec, "m").problems, []);
      assert.equal(eventSourcingSpec.safeParse(spec).success, true);
      const aggregates = { ledger: { audit: true, cleanup: "compact" } };
      const { problems } = checkSpec(schema, { ...spec, aggregates }, "m");
      assert.deepEqual(
        problems.map(({ path, got }) => [path, got]),
        [["m: aggregates.ledger.cleanup", "compact"]],
      );
    }
  });

  test("schemas are accepted when the cloud has a registry, and rejected otherwise", () => {
    const aggregates = { ledger: { schema: { definition: '{"type":"string"}' } } };
    const found = all.map(([schema, spec]) =>
      checkSpec(schema, { ...spec, aggregates }, "m").problems.map(({ path }) => path),
    );
    assert.deepEqual(found, [[], ["m: aggregates.ledger.schema"], ["m: aggregates.ledger.schema"]]);
  });

  test("schemas that no registry accepts are rejected", () => {
    const problemOf = (schema: object) =>
      checkSpec(awsEventSourcingSpec, { ...awsSpec, aggregates: { ledger: { schema } } }, "m")
        .problems.map(({ path, message }) => `${path}: ${message}`)
        .join();
    const at = "m: aggregates.ledger.schema.definition";
    assert.match(problemOf({ definition: "record Order" }), new RegExp(`^${at}: must be JSON`));
    assert.match(
      problemOf({ definition: '{"type":"record","fields":[]}' }),
      new RegExp(`^${at}: must name its record`),
    );
    assert.equal(problemOf({ format: "JSON", definition: '{"type":"object"}' }), "");
    assert.equal(problemOf({ format: "PROTOBUF", definition: 'syntax = "proto3";' }), "");
  });

  test("an image without a digest, or with the tag latest, is rejected", () => {
    const { outbox } = onpremSpec;
    const { problems } = checkSpec(
      onpremEventSourcingSpec,
      {
        ...onpremSpec,
        outbox: { ...outbox, image: "connect:1" },
        registry: { image: "apicurio:latest" },
      },
      "m",
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["m: registry.image", "m: outbox.image"],
    );
  });

  test("Google's connector authenticates as the service agent only", () => {
    const { problems } = checkSpec(
      gcpEventSourcingSpec,
      { ...gcpSpec, outbox: { database: "shop", user: "me" } },
      "m",
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["m: outbox.user"],
    );
  });
});
