// Events in the form of the engine's declarations. What these tests cannot prove: that a real engine sends them; deploy.e2e.test.ts does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { follow, partsOfUrn, plainText, shortName } from "../../../cli/engine/events.ts";

const urn = (name: string) => `urn:pulumi:s::p::atoll:network:AwsNetwork$aws:ec2/vpc:Vpc::${name}`;
const step = (op: string, name: string, more: object = {}) => ({
  op,
  urn: urn(name),
  type: "aws:ec2/vpc:Vpc",
  ...more,
});
const event = (fields: object) => ({ sequence: 0, timestamp: 0, ...fields }) as EngineEvent;
const begins = (op: string, name: string) =>
  event({ resourcePreEvent: { metadata: step(op, name) } });
const ends = (op: string, name: string, more?: object) =>
  event({ resOutputsEvent: { metadata: step(op, name, more) } });

function after(...events: readonly EngineEvent[]) {
  const follower = follow();
  for (const each of events) follower.add(each);
  return follower.progress();
}

describe("following a run", () => {
  test("a resource is in progress from its start to its end or failure", () => {
    const failed = event({
      resOpFailedEvent: { metadata: step("create", "b"), status: 0, steps: 0 },
    });
    assert.deepEqual(
      after(begins("create", "a"), begins("create", "b"), begins("create", "c")).current,
      [urn("a"), urn("b"), urn("c")],
    );
    assert.deepEqual(
      after(
        begins("create", "a"),
        begins("create", "b"),
        begins("create", "c"),
        ends("create", "a"),
        failed,
      ).current,
      [urn("c")],
    );
  });

  test("a component that is reported twice counts once", () => {
    assert.equal(after(ends("create", "a"), ends("create", "a")).counts.created, 1);
  });

  test("the steps of a replacement count as one replacement, with the properties that require it", () => {
    const progress = after(
      ends("create-replacement", "a"),
      ends("replace", "a", { keys: ["cidrBlock"], diffs: ["cidrBlock", "tags"] }),
      ends("delete-replaced", "a"),
    );
    assert.deepEqual(progress.counts, {
      created: 0,
      updated: 0,
      replaced: 1,
      deleted: 0,
      unchanged: 0,
    });
    assert.deepEqual(progress.changes, [
      { op: "replace", urn: urn("a"), properties: ["cidrBlock"], protected: false, inCloud: false },
    ]);
  });

  test("an update lists the changed properties, an unchanged resource is not a change", () => {
    const progress = after(
      ends("update", "a", { detailedDiff: { "tags.owner": {} } }),
      ends("same", "b"),
    );
    assert.deepEqual(progress.changes, [
      { op: "update", urn: urn("a"), properties: ["tags.owner"], protected: false, inCloud: false },
    ]);
    assert.equal(progress.counts.unchanged, 1);
  });

  test("a change says whether its resource is in a cloud, and whether it is protected", () => {
    const state = (type: string, more: object) => ({ type, custom: true, ...more });
    const { changes } = after(
      ends("delete", "a", { old: state("aws:ec2/vpc:Vpc", { protect: true }) }),
      ends("create", "b", { new: state("aws:ec2/vpc:Vpc", { protect: true }) }),
      ends("delete", "c", { old: state("pulumi:providers:aws", {}) }),
      ends("delete", "d", { old: state("atoll:network:AwsNetwork", { custom: false }) }),
    );
    assert.deepEqual(
      changes.map((change) => [change.inCloud, change.protected]),
      [
        [true, true],
        [true, false],
        [false, false],
        [false, false],
      ],
    );
  });

  test("the findings of a refresh are drift, not changes", () => {
    const { changes, drift, counts } = after(
      ends("refresh", "a", { old: {} }),
      ends("refresh", "b", { old: {}, new: {} }),
    );
    assert.deepEqual([changes, counts.unchanged], [[], 2]);
    assert.deepEqual(drift, [{ urn: urn("a"), kind: "gone", differences: [] }]);
  });

  test("the engine's summary overrides the counts", () => {
    const summary = event({
      summaryEvent: { resourceChanges: { create: 7, same: 2, read: 1, "create-replacement": 4 } },
    });
    const { counts, current } = after(begins("create", "a"), ends("create", "b"), summary);
    assert.deepEqual(counts, { created: 7, updated: 0, replaced: 0, deleted: 0, unchanged: 3 });
    assert.deepEqual(current, []);
  });

  test("a violation that is reported twice is one violation, in plain text", () => {
    const policy = event({
      policyEvent: {
        policyName: "eks1-disallow-public-endpoint",
        enforcementLevel: "mandatory",
        resourceUrn: urn("a"),
        message: "<{%fg 1%}>open<{%reset%}>\n",
        severity: "high",
      },
    });
    assert.deepEqual(after(policy, policy).violations, [
      {
        policy: "eks1-disallow-public-endpoint",
        level: "mandatory",
        severity: "high",
        urn: urn("a"),
        message: "open",
      },
    ]);
  });

  test("warnings, errors and the program's output are separate; debug and ephemeral messages are dropped", () => {
    const says = (severity: string, message: string, more: object = {}) =>
      event({ diagnosticEvent: { severity, message, color: "never", ...more } });
    const progress = after(
      says("error", "broken", { urn: urn("a") }),
      says("warning", "beware"),
      says("warning", "using pulumi-analyzer-policy-nodejs from $PATH at /x"),
      says("info", "hello"),
      says("debug", "details"),
      says("info", "passing", { ephemeral: true }),
    );
    assert.deepEqual(progress.diagnostics, [
      { severity: "error", urn: urn("a"), message: "broken" },
      { severity: "warning", urn: "", message: "beware" },
    ]);
    assert.deepEqual(progress.printed, ["hello"]);
  });
});

test("a URN has the last type and the whole name, which may contain colons", () => {
  assert.deepEqual(partsOfUrn(urn("a::b")), { type: "aws:ec2/vpc:Vpc", name: "a::b" });
  assert.equal(shortName(urn("main")), "Vpc main");
  assert.equal(plainText(" <{%bold%}>x<{%reset%}>\n"), "x");
});
