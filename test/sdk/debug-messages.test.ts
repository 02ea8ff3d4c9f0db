// What this cannot prove: how much it saves; docs/adr/20261201-replace-what-costs-a-tenth.md says how that was measured.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import log from "@pulumi/pulumi/log/index.js";
import { dropDebugMessages } from "../../sdk/debug-messages.mjs";

const { debug, warn } = log;
const { stackTraceLimit } = Error;

describe("a program without the SDK's debug messages", () => {
  afterEach(() => {
    Object.assign(log, { debug });
    delete process.env.ATOLL_PLAIN;
  });

  test("sends none of them, and every other, with whole stack traces", async () => {
    dropDebugMessages();
    assert.equal(await log.debug("something"), undefined);
    assert.notEqual(log.debug, debug);
    assert.equal(log.warn, warn);
    assert.equal(Error.stackTraceLimit, stackTraceLimit);
  });

  for (const plain of ["1", "debug-messages", "packages,debug-messages"])
    test(`is left as it is with ATOLL_PLAIN=${plain}`, () => {
      process.env.ATOLL_PLAIN = plain;
      dropDebugMessages();
      assert.equal(log.debug, debug);
    });
});

describe("the installed SDK", () => {
  test("asks its log by name for each debug message, so that one function is all there is to replace", async (t) => {
    let messages = 0;
    log.debug = () => {
      messages += 1;
      return Promise.resolve();
    };
    t.after(() => Object.assign(log, { debug }));
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: ({ inputs }) => inputs,
    });
    class Thing extends pulumi.CustomResource {}
    await new Promise((resolve) => new Thing("a:b:Thing", "thing", {}).urn.apply(resolve));
    assert.ok(messages >= 3, `${messages} messages for a resource`);
  });
});
