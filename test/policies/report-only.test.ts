// Policies without an engine. How the engine passes their reports on is tested in test/e2e/changes.long.e2e.test.ts.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Policies, ReportViolation } from "@pulumi/policy";
import { follow } from "../../cli/engine/events.ts";
import { reportOnly } from "../../policies/report-only.ts";

const policies: Policies = [
  {
    name: "own",
    description: "A policy with the level of the pack.",
    validateResource: (_, report) => report("it is wrong", "urn:a"),
  },
  {
    name: "hint",
    description: "A policy with its own level.",
    enforcementLevel: "advisory",
    validateStack: (_, report) => report("it could be better"),
  },
  {
    name: "judge",
    description: "A policy whose violations have levels.",
    enforcementLevel: "mandatory",
    validateResource: [
      (_, report) =>
        (report as unknown as (violation: object) => void)({
          message: "careful",
          enforcementLevel: "advisory",
          urn: "urn:b",
        }),
    ],
  },
  { name: "off", description: "Disabled.", enforcementLevel: "disabled", validateResource: [] },
];

test("policies that only report are advisory, and their messages have their own levels", () => {
  const reported: unknown[][] = [];
  const report = ((...args: unknown[]) => reported.push(args)) as unknown as ReportViolation;
  const all = reportOnly(policies, "mandatory");
  assert.deepEqual(
    all.map(({ enforcementLevel }) => enforcementLevel),
    ["advisory", "advisory", "advisory", "disabled"],
  );
  for (const policy of all) {
    if ("validateResource" in policy)
      for (const check of [policy.validateResource ?? []].flat()) check({} as never, report);
    if ("validateStack" in policy) policy.validateStack({} as never, report);
  }
  assert.deepEqual(reported, [
    ["it is wrong\n[atoll:mandatory]", "urn:a"],
    ["it could be better\n[atoll:advisory]", undefined],
    [
      { message: "careful\n[atoll:advisory]", enforcementLevel: "advisory", urn: "urn:b" },
      undefined,
    ],
  ]);
});

test("the command line reads the level from the message", () => {
  const follower = follow();
  for (const [index, message] of [
    "wrong\n[atoll:mandatory]",
    "better",
    "<{%reset%}>hm",
  ].entries()) {
    follower.add({
      sequence: index,
      timestamp: 0,
      policyEvent: {
        resourceUrn: `urn:${index}`,
        message,
        color: "never",
        policyName: "p",
        policyPackName: "atoll",
        policyPackVersion: "",
        policyPackVersionTag: "",
        enforcementLevel: "warning",
      },
    });
  }
  assert.deepEqual(
    follower.progress().violations.map(({ level, message }) => [level, message]),
    [
      ["mandatory", "wrong"],
      ["advisory", "better"],
      ["advisory", "hm"],
    ],
  );
});
