// Attacks as data. What these tests cannot prove: what a real cell answers, nor that the tools still print these words.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { completed, outcomeOf } from "../../../operations/isolation/attack/attack.ts";
import { answered, attacksOf } from "../../../operations/isolation/attack/suite.ts";
import { planeNames, theCell } from "../../../operations/isolation/model.ts";
import { judge } from "../../../operations/isolation/oracle.ts";
import { cellWith, tenants } from "./fixture/cell.ts";
import { mutations } from "./mutations/index.ts";

const cell = await cellWith(tenants);
const attacks = attacksOf(cell, "birch", "acme");
const named = (part: string) => {
  const [found] = attacks.filter(({ what }) => what.includes(part));
  assert.ok(found, part);
  return found;
};

describe("the attacks of one tenant on another", () => {
  test("are on every plane", () => {
    assert.deepEqual(
      planeNames.filter((plane) => !attacks.some((each) => each.plane === plane)),
      [],
    );
  });

  test("are commands of known tools with arguments that no shell reads", () => {
    const tools = ["kubectl", "psql", "valkey-cli", "kafka-"];
    for (const { run, what } of attacks) {
      const [tool = ""] = run;
      assert.ok(
        tools.some((known) => tool.startsWith(known)),
        `${what}: ${tool}`,
      );
      assert.ok(!run.some((argument) => /^\s*(sh|bash)$/.test(argument)), what);
    }
    assert.ok(attacks.length > 30);
  });

  test("change nothing if they succeed", () => {
    const changing =
      /^(delete|apply|replace|scale|drain|FLUSHALL|FLUSHDB|DEL|put-object|delete-.*|--alter|--delete)$/;
    const found = attacks.filter(({ run }) => run.some((argument) => changing.test(argument)));
    assert.deepEqual(found, []);
    for (const { run, what } of attacks.filter(({ run: [tool] }) => tool === "kubectl")) {
      const [, verb = ""] = run;
      const isDry = run.includes("--dry-run=server");
      const reads = ["get"].includes(verb) || (verb === "run" && run.includes("--rm"));
      const gives = verb === "create" && run[2] === "token";
      assert.ok(isDry || reads || gives, what);
    }
  });

  test("run in pods that the cell admits, as the attacker's service account", () => {
    const { run, as } = named("connect to a pod of tenant-acme-app");
    assert.match(as, /tenant-birch-app/);
    const overrides = JSON.parse(run[run.indexOf("--overrides") + 1] ?? "");
    assert.equal(overrides.spec.priorityClassName, "atoll-tier-basic");
    assert.equal(overrides.spec.serviceAccountName, "api");
    assert.equal(overrides.spec.securityContext.runAsNonRoot, true);
    assert.deepEqual(completed({ ...named("connect"), run: ["nc", "{address}"] }, "10.0.0.1"), [
      "nc",
      "10.0.0.1",
    ]);
  });

  test("are on the cell as well, without what only tenants have", () => {
    const onCell = attacksOf(cell, "birch", theCell);
    assert.ok(onCell.some(({ plane }) => plane === "rbac"));
    assert.ok(!onCell.some(({ plane }) => plane === "admission"));
  });
});

describe("a result", () => {
  const attack = named("list secrets of tenant-acme-app");

  test("is a refusal only where the tool says so", () => {
    const output = 'Error from server (Forbidden): secrets is forbidden: User "x" cannot list';
    assert.equal(outcomeOf(attack, { code: 1, output }), "refused");
    assert.equal(outcomeOf(attack, { code: 1, output: "connection refused" }), "unclear");
    assert.equal(outcomeOf(attack, { code: null, output: "" }), "unclear");
    assert.equal(outcomeOf(attack, { code: 0, output: "NAME  TYPE" }), "succeeded");
  });

  test("of a connection is a success where the port is closed: packets have arrived", () => {
    const connect = named("connect to a pod");
    assert.equal(outcomeOf(connect, { code: 1, output: "Connection refused" }), "succeeded");
    assert.equal(outcomeOf(connect, { code: 1, output: "Connection timed out" }), "refused");
  });

  test("of a tool that ends well is what it prints", () => {
    const read = named("read topic acme.orders");
    const output = "TopicAuthorizationException: Not authorized to access topics";
    assert.equal(outcomeOf(read, { code: 0, output }), "refused");
  });
});

describe("in a rehearsal the oracle answers", () => {
  test("that all are refused", () => {
    const verdict = judge(cell);
    const open = attacks.filter((each) => answered(verdict, each, "birch", "acme") !== undefined);
    assert.deepEqual(open, []);
  });

  test("that those on the plane of a mistake succeed", () => {
    const [mistake] = mutations.filter(({ what }) => what === "binds every service account");
    assert.ok(mistake);
    const verdict = judge({ ...cell, resources: mistake.change(cell.resources) });
    const open = attacksOf(cell, "acme2", "birch").filter(
      (each) => answered(verdict, each, "acme2", "birch") !== undefined,
    );
    assert.deepEqual([...new Set(open.map(({ plane }) => plane))], ["rbac"]);
  });
});
