// The periods of the provisions. Does not prove that the provisions are interpreted correctly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { retentionDemands, retentionOf } from "../../../components/audit/retention.ts";
import { auditSpec, lockOf, onpremAuditSpec } from "../../../components/audit/schema.ts";
import { frameworkIds } from "../../../components/core/frameworks.ts";
import { checkSpec, parseSpec } from "../../../components/core/spec.ts";
import { awsPlace, gcpPlace } from "./fixture.ts";

test("each framework's period is kept, including leap days", () => {
  assert.deepEqual(retentionOf(["pci-dss-4"]), { days: 366, sources: ["PCI DSS 4.0.1, 10.5.1"] });
  assert.deepEqual(retentionOf(["hipaa"]), { days: 2192, sources: ["45 CFR 164.316(b)(2)(i)"] });
  assert.deepEqual(retentionOf(["sox"]), { days: 2557, sources: ["17 CFR 210.2-06(a)"] });
});

test("a framework without a period keeps records for a year", () => {
  for (const frameworks of [[], ["soc2"], ["gdpr", "ccpa", "cis-aws"]] as const) {
    assert.deepEqual(retentionOf(frameworks), { days: 366, sources: [] });
  }
});

test("the longest requirement of any set of frameworks applies to the set, with its source", () => {
  fc.assert(
    fc.property(fc.subarray([...frameworkIds]), (frameworks) => {
      const { days, sources } = retentionOf(frameworks);
      for (const framework of frameworks) {
        assert.ok(days >= retentionOf([framework]).days);
        const demand = retentionDemands[framework];
        if (demand && retentionOf([framework]).days === days) {
          assert.ok(sources.includes(demand.source));
        }
      }
      assert.ok(days === 366 || frameworks.some((one) => retentionOf([one]).days === days));
    }),
  );
});

describe("an archive", () => {
  const spec = (more: object) => parseSpec(onpremAuditSpec, { cloud: "onprem", ...more }, "audit");

  test("is locked for the required period, or longer when set", () => {
    assert.deepEqual(lockOf(spec({ frameworks: ["sox"] })), { mode: "compliance", days: 2557 });
    assert.deepEqual(lockOf(spec({ retentionDays: 3000 })), { mode: "compliance", days: 3000 });
  });

  test("of an ephemeral environment has a removable lock of at most a day", () => {
    assert.deepEqual(lockOf(spec({ frameworks: ["sox"], lifetime: "ephemeral" })), {
      mode: "governance",
      days: 1,
    });
  });
});

describe("rejected, each with one message", () => {
  for (const [what, spec, message] of [
    [
      "a period below what a claimed framework demands",
      { ...awsPlace, frameworks: ["soc2", "sox", "hipaa"], retentionDays: 2192 },
      /retentionDays: must be at least 2557, which the environment's frameworks require: 17 CFR 210\.2-06\(a\)/,
    ],
    [
      "the same on GCP",
      { ...gcpPlace, frameworks: ["pci-dss-4"], retentionDays: 90 },
      /retentionDays: must be at least 366/,
    ],
    [
      "a framework that nobody knows",
      { ...awsPlace, frameworks: ["soc3"] },
      /frameworks\[0\]: must be one of .*did you mean "soc2"/,
    ],
    [
      "guardrails on the name of an organisation",
      { ...gcpPlace, guardrails: "organizations/acme.example" },
      /guardrails: must be an organisation, folder or project by its number/,
    ],
    ["GuardDuty on GCP", { ...gcpPlace, guardDuty: {} }, /guardDuty: unknown field/],
    [
      "a log beside the file system",
      { cloud: "onprem", logPath: "audit.log" },
      /logPath: must be an absolute path/,
    ],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(auditSpec, spec, "audit");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, message);
    });
  }
});
