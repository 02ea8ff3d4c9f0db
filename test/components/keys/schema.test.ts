// Invalid settings of keys. test/cli and test/e2e prove that the engine does not start then.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { keysSchema } from "../../../components/keys/schema.ts";
import { aws, gcp } from "./fixture.ts";

describe("invalid settings are reported, each with one message", () => {
  for (const [what, spec, message] of [
    [
      "a rotation that is too slow for CIS",
      { ...gcp, rotationDays: 365 },
      /rotationDays: must be a whole number from 1 to 90/,
    ],
    [
      "a rotation that KMS does not support",
      { ...aws, rotationDays: 30 },
      /rotationDays: must be a whole number from 90 to 2560/,
    ],
    [
      "a waiting period that KMS does not support",
      { ...aws, deletionWindowDays: 1 },
      /must be a whole number from 7 to 30/,
    ],
    [
      "a project id instead of its number",
      { ...gcp, projectNumber: "acme" },
      /must be the project's number, in quotes/,
    ],
    ["an on-premises site", { cloud: "onprem" }, /cloud: must be one of "aws", "gcp"/],
    ["an unknown region", { ...aws, region: "us-east-9" }, /did you mean/],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(keysSchema, spec, "keys");
      assert.equal(problems.length, 1);
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, message);
    });
  }
});
