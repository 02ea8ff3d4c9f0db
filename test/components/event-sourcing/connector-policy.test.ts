// The permissions of the outbox connector at their largest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rolePolicies } from "../../../components/core/role-policies.ts";
import {
  connectorStatements,
  fittingTopics,
  longestArgs,
} from "../../../components/event-sourcing/aws-connector-policy.ts";

const place = { region: "us-east-1", account: "111122223333" };
const topics = (count: number) =>
  Array.from({ length: count }, (_, index) => `${String(index).padStart(40, "a")}.events`);

test("few topics are one inline policy with the statements that it always had", () => {
  const statements = connectorStatements(longestArgs({ place, topics: topics(15) }));
  assert.deepEqual(
    statements.map(({ sid }) => sid),
    ["Connect", "Produce", "OwnTopics", "OwnGroups", "Password", "KeyOfThePassword"],
  );
  assert.deepEqual(rolePolicies(statements, statements)?.managed, []);
});

test("so many topics fit in one role, and not one more", () => {
  const fits = fittingTopics({ place, topics: topics(400) });
  assert.ok(fits > 250 && fits < 400, String(fits));
  assert.equal(fittingTopics({ place, topics: topics(fits) }), fits);
  assert.equal(fittingTopics({ place, topics: topics(fits + 1) }), fits);
});
