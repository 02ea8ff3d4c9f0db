// What these tests cannot prove: that an update then knows what a preview did not; that order is the engine's and the graph's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { completed } from "../../stacks/cell/federated.ts";

test("a cell's known resources are kept, and declared ones are added", () => {
  const known = {
    bucket: { uploads: { arn: "arn:uploads" } },
    cache: { main: { userArns: { app: "arn:app" } } },
  };
  const declared = {
    bucket: { uploads: { arn: "?" }, files: { arn: "?" } },
    cache: { main: { userArns: { app: "?", reports: "?" } } },
    secret: { key: { arn: "?" } },
  };
  assert.deepEqual(completed(known, declared), {
    bucket: { uploads: { arn: "arn:uploads" }, files: { arn: "?" } },
    cache: { main: { userArns: { app: "arn:app", reports: "?" } } },
    secret: { key: { arn: "?" } },
  });
});

test("a cell that is not deployed has what it declares", () => {
  const declared = { bucket: { uploads: { arn: "?" } } };
  assert.deepEqual(completed({}, declared), declared);
});
