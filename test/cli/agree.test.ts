// What these tests cannot prove: how a terminal shows the question.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { agree, refuseUnasked } from "../../cli/agree.ts";
import type { Io } from "../../cli/io.ts";

const consent = { question: "Destroy it?", otherwise: "not confirmed" };
const refused = { code: "confirmation-missing", message: "not confirmed", cure: /--yes/ };

/** A user with a fixed answer, or no terminal; records the questions. */
function somebody(interactive: boolean, answer = false) {
  const asked: string[] = [];
  const io = {
    interactive,
    confirm: (question: string) => {
      asked.push(question);
      return Promise.resolve(answer);
    },
  } as Partial<Io> as Io;
  return { io, asked };
}

describe("a change that needs confirmation", () => {
  test("continues on yes, and stops on no", async () => {
    const { io, asked } = somebody(true, true);
    await agree(io, false, consent);
    assert.deepEqual(asked, ["Destroy it?"]);
    await assert.rejects(agree(somebody(true).io, false, consent), refused);
  });

  test("does not ask with --yes", async () => {
    const { io, asked } = somebody(true);
    await agree(io, true, consent);
    await agree(somebody(false).io, true, consent);
    assert.deepEqual(asked, []);
  });

  test("is refused without a terminal, before any work", async () => {
    await assert.rejects(agree(somebody(false, true).io, false, consent), refused);
    assert.throws(() => refuseUnasked(somebody(false).io, false, consent), refused);
    refuseUnasked(somebody(true).io, false, consent);
    refuseUnasked(somebody(false).io, true, consent);
  });
});
