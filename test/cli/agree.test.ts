// What this cannot prove: how a terminal shows the question.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { agree, refuseUnasked } from "../../cli/agree.ts";
import type { Io } from "../../cli/io.ts";

const consent = { question: "Destroy it?", otherwise: "nobody agreed" };
const refused = { code: "confirmation-missing", message: "nobody agreed", cure: /--yes/ };

/** Somebody, or nobody, to ask; counts what is asked. */
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

describe("a change that asks", () => {
  test("goes on with a yes, and stops with a no", async () => {
    const { io, asked } = somebody(true, true);
    await agree(io, false, consent);
    assert.deepEqual(asked, ["Destroy it?"]);
    await assert.rejects(agree(somebody(true).io, false, consent), refused);
  });

  test("asks nobody when --yes was given", async () => {
    const { io, asked } = somebody(true);
    await agree(io, true, consent);
    await agree(somebody(false).io, true, consent);
    assert.deepEqual(asked, []);
  });

  test("is refused without a terminal, before anything is done for it", async () => {
    await assert.rejects(agree(somebody(false, true).io, false, consent), refused);
    assert.throws(() => refuseUnasked(somebody(false).io, false, consent), refused);
    refuseUnasked(somebody(true).io, false, consent);
    refuseUnasked(somebody(false).io, true, consent);
  });
});
