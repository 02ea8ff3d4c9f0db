// How statements of a role are divided into documents. That IAM counts as documented is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Statement } from "../../../components/core/iam.ts";
import { fittingGroups, rolePolicies } from "../../../components/core/role-policies.ts";
import { documentLimits } from "../../../components/core/service-limits.ts";

/** A statement whose JSON, with its comma, has this many characters. */
function sized(characters: number, index = 0): Statement {
  const sid = `S${String(index).padStart(3, "0")}`;
  const of = (resources: string): Statement => ({ sid, actions: "s3:GetObject", resources });
  const rendered = (statement: Statement) =>
    JSON.stringify({
      Sid: statement.sid,
      Effect: "Allow",
      Action: statement.actions,
      Resource: statement.resources,
    }).length + 1;
  return of("r".repeat(characters - rendered(of(""))));
}

const divided = (...sizes: number[]) => {
  const statements = sizes.map((size, index) => sized(size, index));
  const found = rolePolicies(statements, statements);
  return found && [found.inline.length, ...found.managed.map((document) => document.length)];
};

const inline = documentLimits.inlinePolicies.characters - 512 - 40;
const managed = documentLimits.managedPolicy.characters - 40;

describe("the policies of a role", () => {
  test("are one inline policy up to its limit", () => {
    assert.deepEqual(divided(inline - 4000, 4000), [2]);
    assert.deepEqual(divided(inline - 4000, 4001), [1, 1]);
  });

  test("continue in managed policies up to their limit", () => {
    assert.deepEqual(divided(inline, managed - 3000, 3000), [1, 2]);
    assert.deepEqual(divided(inline, managed - 3000, 3001), [1, 1, 1]);
  });

  test("are at most ten managed ones, with no statement larger than one", () => {
    assert.equal(divided(inline, ...Array(10).fill(managed))?.length, 11);
    assert.equal(divided(inline, ...Array(11).fill(managed)), undefined);
    assert.equal(divided(inline, managed + 1), undefined);
  });

  test("no document exceeds its limit as IAM counts it", () => {
    const statements = Array.from({ length: 150 }, (_, index) => sized(300 + (index % 90), index));
    const found = rolePolicies(statements, statements);
    assert.ok(found);
    const size = (document: readonly Statement[]) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: document.map((each) => ({
          Sid: each.sid,
          Effect: "Allow",
          Action: each.actions,
          Resource: each.resources,
        })),
      }).length;
    assert.ok(size(found.inline) <= documentLimits.inlinePolicies.characters);
    for (const document of found.managed) {
      assert.ok(size(document) <= documentLimits.managedPolicy.characters);
    }
    assert.deepEqual([...found.inline, ...found.managed.flat()], statements);
  });

  test("say how many groups of statements fit", () => {
    const groups = [inline, ...Array(12).fill(managed)].map((size, index) => [sized(size, index)]);
    assert.equal(fittingGroups(groups.slice(0, 11)), 11);
    assert.equal(fittingGroups(groups), 11);
  });
});

describe("a statement that does not fit", () => {
  const read = (count: number): Statement => ({
    sid: "Read",
    actions: "s3:GetObject",
    resources: Array.from(
      { length: count },
      (_, index) => `arn:aws:s3:::${String(index).padStart(80, "b")}/*`,
    ),
  });
  const resourcesOf = (document: readonly Statement[] | undefined) =>
    document?.flatMap(({ resources }) => resources as string[]) ?? [];

  test("is divided by its resources, with one effect", () => {
    const statements = [sized(300), read(150)];
    const found = rolePolicies(statements, statements);
    assert.ok(found && found.managed.length === 1);
    const [first, second] = [found.inline, found.managed[0]].map(resourcesOf);
    assert.ok(first && second && first.length > 50 && second.length > 50);
    assert.deepEqual(
      [...first.slice(1).filter((arn) => arn.startsWith("arn")), ...second].length,
      [...(read(150).resources as string[])].length,
    );
  });

  test("fills every document of a role, and not more", () => {
    const fits = (count: number) => rolePolicies([read(count)], [read(count)]) !== undefined;
    assert.equal(fits(680), true);
    assert.equal(fits(750), false);
  });
});
