// Which stacks are run. What this cannot prove: that they are; test/e2e does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { among, choose } from "../../../cli/engine/chosen.ts";

const nodes = [
  { name: "prod", needs: [] },
  { name: "prod.a", needs: ["prod"] },
  { name: "prod.b", needs: ["prod", "prod.a"] },
  { name: "prod.c", needs: ["prod", "prod.b"] },
];

describe("a command", () => {
  test("for an environment runs all of its stacks", () => {
    assert.deepEqual(choose(nodes, "prod"), { stacks: nodes, before: [] });
  });

  test("for a cell runs that alone, and knows what it needs, also by way of others", () => {
    assert.deepEqual(choose(nodes, "prod.c"), {
      stacks: [{ name: "prod.c", needs: [] }],
      before: nodes.slice(0, 3),
    });
    assert.deepEqual(choose(nodes, "prod.a").before, nodes.slice(0, 1));
  });

  test("for some stacks lets them wait only for each other", () => {
    assert.deepEqual(among(nodes, ["prod", "prod.b"]), [
      { name: "prod", needs: [] },
      { name: "prod.b", needs: ["prod"] },
    ]);
  });
});
