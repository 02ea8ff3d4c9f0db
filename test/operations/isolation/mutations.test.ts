// Mistakes in the resources of a cell: each is found, and on its own plane only. Namespaces, quotas, policies and roles are what the
// component registers; the other resources have the shapes of the clouds. What these tests cannot prove: that a mistake that nobody
// thought of is found, nor that clouds and operators enforce what they document.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { planeNames } from "../../../operations/isolation/model.ts";
import { judge } from "../../../operations/isolation/oracle.ts";
import { cellWith, tenants } from "./fixture/cell.ts";
import { mutations } from "./mutations/index.ts";

const cell = await cellWith(tenants);

test("a cell with something on every plane has no path", () => {
  assert.ok(cell.resources.length > 180);
  assert.deepEqual(judge(cell).paths, []);
});

test("there are mistakes for every plane, each once", () => {
  const found = new Set(mutations.map(({ plane }) => plane));
  assert.deepEqual(
    [...planeNames].filter((plane) => !found.has(plane)),
    [],
  );
  assert.ok(mutations.length >= 60, String(mutations.length));
  const names = mutations.map(({ plane, what }) => `${plane} ${what}`);
  assert.equal(new Set(names).size, names.length);
});

describe("the oracle finds who", () => {
  for (const { what, plane, opens, change } of mutations) {
    test(`${what} (${plane})`, () => {
      const resources = change(cell.resources);
      assert.notDeepEqual(resources, cell.resources, "nothing was changed");
      const { paths } = judge({ ...cell, resources });
      assert.deepEqual([...new Set(paths.map((path) => path.plane))], [plane]);
      const [from, to] = opens;
      const pairs = paths.flatMap((path) =>
        path.from.flatMap((one) => path.to.map((other) => `${one} to ${other}`)),
      );
      assert.ok(pairs.includes(`${from} to ${to}`), `no path from ${from} to ${to}: ${pairs}`);
      for (const { steps } of paths) assert.ok(steps.length > 0);
    });
  }
});
