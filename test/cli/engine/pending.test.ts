// What these tests cannot prove: what a real backend holds after a kill; the engine decides that.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { refusePending } from "../../../cli/engine/pending.ts";
import type { Session } from "../../../cli/engine/session.ts";

/** A session on real clouds whose backend exports this state. */
function sessionWith(state: object): Session {
  return {
    target: { kind: "cloud" },
    pulumi: async (args: readonly string[]) => {
      writeFileSync(args.at(-1) ?? "", JSON.stringify(state));
      return { code: 0, signal: null, stdout: "", stderr: "" };
    },
  } as unknown as Session;
}

const long = Array.from({ length: 20_000 }, (_, index) => ({
  urn: `urn:pulumi:prod::atoll::aws:sqs/queue:Queue::queue-${String(index).padStart(40, "0")}`,
}));

test("a state longer than a command's output is read completely", async () => {
  await refusePending(sessionWith({ deployment: { resources: long } }), ["prod"]);
});

test("a creation of unknown outcome is refused by name, with the commands that resolve it", async () => {
  const open = { type: "creating", resource: { urn: long[0]?.urn, type: "aws:sqs/queue:Queue" } };
  const session = sessionWith({ deployment: { resources: long, pending_operations: [open] } });
  await assert.rejects(refusePending(session, ["prod"]), (error: Error & { code?: string }) => {
    assert.equal(error.code, "operation-pending");
    assert.match(error.message, /prod/);
    return true;
  });
});
