// What these tests cannot prove: which outputs an old release had; that would require its state.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import { readCell, readEnvironment } from "../../stacks/outputs/read.ts";

/** Mocks stacks with these outputs. */
function mockOutputs(outputs: Record<string, unknown>, preview = false): Promise<void> {
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

test("outputs of another shape are reported by field, with the cure", async () => {
  await mockOutputs({ footprint: { environment: "local", target: "moon" } });
  await assert.rejects(
    readEnvironment("local"),
    refusal(/stack "local" was last deployed by a release with other outputs.*\n.*target/s),
  );
});

test("outputs of another shape are unknown in a preview: an update deploys their stack first", async () => {
  await mockOutputs({ footprint: { environment: "local", target: "moon" } }, true);
  assert.equal(await readEnvironment("local"), undefined);
});

test("a stack that is not deployed is unknown in a preview and refused in an update", async () => {
  await mockOutputs({}, true);
  assert.equal(await readCell("local.gcp-euw1"), undefined);
  await mockOutputs({});
  await assert.rejects(readCell("local.gcp-euw1"), refusal(/"local\.gcp-euw1" has no outputs yet/));
});
