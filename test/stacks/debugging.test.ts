// What this cannot prove: how much it saves; `npm run bench` prints that.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import log from "@pulumi/pulumi/log/index.js";
import { withoutDebugging } from "../../stacks/debugging.mjs";

const { debug, warn } = log;
const { stackTraceLimit } = Error;

describe("a program without the SDK's debugging", () => {
  beforeEach(() => {
    delete process.env.ATOLL_DEBUG;
  });
  afterEach(() => {
    Object.assign(log, { debug });
    Error.stackTraceLimit = stackTraceLimit;
    delete process.env.ATOLL_DEBUG;
  });

  test("sends no debug messages, and every other", () => {
    withoutDebugging();
    assert.notEqual(log.debug, debug);
    assert.equal(log.warn, warn);
  });

  test("says where an error was thrown, and not how it came to that", () => {
    withoutDebugging();
    const frames = new Error("here").stack?.split("\n").slice(1) ?? [];
    assert.equal(frames.length, 1);
    assert.match(frames[0] ?? "", /debugging\.test\.ts/);
  });

  test("is left as it is with ATOLL_DEBUG", () => {
    process.env.ATOLL_DEBUG = "true";
    withoutDebugging();
    assert.equal(log.debug, debug);
    assert.equal(Error.stackTraceLimit, stackTraceLimit);
  });
});
