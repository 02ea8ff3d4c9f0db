import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mapAtOnce } from "../../../cli/engine/at-once.ts";

describe("work on many stacks", () => {
  test("has results in order, with no more in progress than allowed", async () => {
    let running = 0;
    let most = 0;
    const work = async (item: number) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return item * 2;
    };
    assert.deepEqual(await mapAtOnce([3, 1, 2, 5, 4], work, 2), [6, 2, 4, 10, 8]);
    assert.equal(most, 2);
    assert.deepEqual(await mapAtOnce([], work, 2), []);
  });

  test("begins nothing after an error", async () => {
    const begun: number[] = [];
    const work = async (item: number) => {
      begun.push(item);
      throw new Error(`${item} failed`);
    };
    await assert.rejects(mapAtOnce([1, 2, 3], work, 1), /1 failed/);
    assert.deepEqual(begun, [1]);
  });
});
