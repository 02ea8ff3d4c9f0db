// What these tests cannot prove: which outputs a release of long ago gave; its state would have to be at hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import { readCell, readEnvironment } from "../../stacks/outputs/read.ts";

/** Stacks that tell these outputs. */
function telling(outputs: Record<string, unknown>, preview = false): Promise<void> {
  return pulumi.runtime.setMocks(
    {
      newResource: ({ id, inputs }) => ({ id: id ?? "reference", state: { ...inputs, outputs } }),
      call: () => ({}),
    },
    "atoll",
    "local.aws-use1",
    preview,
    "organization",
  );
}

const refusal = (words: RegExp) => (error: unknown) =>
  error instanceof BlueprintError &&
  error.code === "environment-not-up" &&
  words.test(error.message);

test("outputs of another shape are told field by field, with the cure", async () => {
  await telling({ footprint: { environment: "local", target: "moon" } });
  await assert.rejects(
    readEnvironment("local"),
    refusal(/stack "local" was last brought up by a release that gave other outputs.*\n.*target/s),
  );
});

test("outputs of another shape are unknown in a preview: an update brings their stack up first", async () => {
  await telling({ footprint: { environment: "local", target: "moon" } }, true);
  assert.equal(await readEnvironment("local"), undefined);
});

test("a stack that is not up is unknown in a preview and refused in an update", async () => {
  await telling({}, true);
  assert.equal(await readCell("local.gcp-euw1"), undefined);
  await telling({});
  await assert.rejects(readCell("local.gcp-euw1"), refusal(/"local\.gcp-euw1" has no outputs yet/));
});
