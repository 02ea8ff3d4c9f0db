// Which stacks a command selects. What these tests cannot prove: that they are run; test/e2e does.
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
  test("for an environment selects all of its stacks", () => {
    assert.deepEqual(choose(nodes, "prod"), { stacks: nodes, before: [] });
  });

  test("for a cell selects only that, and knows its direct and indirect dependencies", () => {
    assert.deepEqual(choose(nodes, "prod.c"), {
      stacks: [{ name: "prod.c", needs: [] }],
      before: nodes.slice(0, 3),
    });
    assert.deepEqual(choose(nodes, "prod.a").before, nodes.slice(0, 1));
  });

  test("for some stacks keeps only the dependencies among them", () => {
    assert.deepEqual(among(nodes, ["prod", "prod.b"]), [
      { name: "prod", needs: [] },
      { name: "prod.b", needs: ["prod"] },
    ]);
  });
});
