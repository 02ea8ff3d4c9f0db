// Polling for a writer. How long Aurora takes is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hasWriter } from "../../../components/replication/aurora-writer.ts";

describe("a global database's writer", () => {
  /** Returns the answers in order, then repeats the last one, and records the calls. */
  const asked = (...answers: readonly (readonly boolean[])[]) => {
    const done: string[] = [];
    return {
      done,
      members: async () => {
        const answer = answers[done.filter((step) => step === "asked").length] ?? answers.at(-1);
        done.push("asked");
        return (answer ?? []).map((isWriter) => ({ isWriter }));
      },
      pause: async () => done.push("paused"),
    };
  };

  test("is requested once if it exists", async () => {
    const { members, pause, done } = asked([false, true]);
    assert.equal(await hasWriter(members, pause, 3), true);
    assert.deepEqual(done, ["asked"]);
  });

  test("is polled until it exists", async () => {
    const { members, pause, done } = asked([], [false], [true]);
    assert.equal(await hasWriter(members, pause, 3), true);
    assert.deepEqual(done, ["asked", "paused", "asked", "paused", "asked"]);
  });

  test("has a timeout", async () => {
    const { members, pause, done } = asked([]);
    assert.equal(await hasWriter(members, pause, 3), false);
    assert.deepEqual(done, ["asked", "paused", "asked", "paused", "asked"]);
  });
});
