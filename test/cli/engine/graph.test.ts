// Generated graphs. What these tests cannot prove: that the dependencies of real stacks are complete; test/stacks does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Node, reversed, runInOrder } from "../../../cli/engine/graph.ts";

/** Nodes that need only earlier ones, so there is no cycle. */
const nodes: fc.Arbitrary<Node[]> = fc
  .array(fc.array(fc.nat(11), { maxLength: 3 }), { maxLength: 12 })
  .map((needs) =>
    needs.map((indexes, at) => ({
      name: `n${at}`,
      needs: [...new Set(indexes.filter((index) => index < at).map((index) => `n${index}`))],
    })),
  );

const breath = () => new Promise((resolve) => setImmediate(resolve));

describe("running in order", () => {
  test("every node runs once, after its dependencies, within the limit of concurrent nodes", async () => {
    await fc.assert(
      fc.asyncProperty(nodes, fc.integer({ min: 1, max: 4 }), async (graph, atOnce) => {
        const done = new Set<string>();
        let running = 0;
        const outcomes = await runInOrder(
          graph,
          async (name) => {
            assert.ok(
              graph.find((node) => node.name === name)?.needs.every((need) => done.has(need)),
            );
            assert.ok(++running <= atOnce);
            await breath();
            running--;
            assert.ok(!done.has(name));
            done.add(name);
          },
          atOnce,
        );
        assert.deepEqual(
          [...outcomes.keys()],
          graph.map(({ name }) => name),
        );
        assert.ok([...outcomes.values()].every(({ status }) => status === "done"));
      }),
    );
  });

  test("a failure skips exactly its direct and indirect dependents", async () => {
    await fc.assert(
      fc.asyncProperty(nodes, fc.nat(11), async (graph, at) => {
        const failing = `n${at}`;
        const lost = new Set([failing]);
        for (const { name, needs } of graph)
          if (needs.some((need) => lost.has(need))) lost.add(name);
        const outcomes = await runInOrder(graph, async (name) => {
          if (name === failing) throw new Error("no");
        });
        for (const [name, { status }] of outcomes) {
          assert.equal(status, name === failing ? "failed" : lost.has(name) ? "skipped" : "done");
        }
      }),
    );
  });

  test("independent nodes run at the same time", async () => {
    const started: string[] = [];
    const bothStarted = Promise.withResolvers<void>();
    await runInOrder(
      [
        { name: "a", needs: [] },
        { name: "b", needs: [] },
      ],
      async (name) => {
        if (started.push(name) === 2) bothStarted.resolve();
        await bothStarted.promise;
      },
    );
    assert.deepEqual(started, ["a", "b"]);
  });

  test("a cycle or a missing node is refused before anything runs", async () => {
    const run = () => Promise.reject(new Error("must not run"));
    await assert.rejects(
      runInOrder(
        [
          { name: "a", needs: ["b"] },
          { name: "b", needs: ["a"] },
        ],
        run,
      ),
      RangeError,
    );
    await assert.rejects(runInOrder([{ name: "a", needs: ["gone"] }], run), RangeError);
  });
});

test("reversed, each node needs its dependents, and reversing twice changes nothing", () => {
  fc.assert(
    fc.property(nodes, (graph) => {
      const turned = reversed(graph);
      for (const { name, needs } of graph) {
        for (const need of needs)
          assert.ok(turned.find((node) => node.name === need)?.needs.includes(name));
      }
      const twice = reversed(turned).map(({ name, needs }) => ({ name, needs: [...needs].sort() }));
      assert.deepEqual(
        twice,
        graph.map(({ name, needs }) => ({ name, needs: [...needs].sort() })),
      );
    }),
  );
});
