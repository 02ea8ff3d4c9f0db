import assert from "node:assert/strict";
import { test } from "node:test";
import { reservedText } from "../../../cli/report/reserved.ts";

const resource = (type: string, name: string, outputs = {}) => ({
  urn: `urn:pulumi:prod::atoll::${type}::${name}`,
  type,
  outputs,
});

test("destroy says which names stay reserved, for how long, and what to do", () => {
  const sql = "gcp:sql/databaseInstance:DatabaseInstance";
  const secret = "aws:secretsmanager/secret:Secret";
  const text = reservedText([
    resource(sql, "database"),
    resource(sql, "database-replica-1"),
    resource("aws:s3/bucket:Bucket", "uploads"),
    resource(secret, "api", { recoveryWindowInDays: 30 }),
    resource(secret, "gone-at-once", { recoveryWindowInDays: 0 }),
  ]).join("\n");
  const flat = text.replaceAll(/\n {2,}/g, " ");
  assert.match(
    flat,
    /DatabaseInstance database, DatabaseInstance database-replica-1: for a week; increase `database\.generation`/,
  );
  assert.match(flat, /Secret api: until its recovery window ends; restore it/);
  assert.doesNotMatch(flat, /uploads|gone-at-once/);
  assert.ok(text.split("\n").every((line) => line.length <= 80));
});

test("and nothing where no name is", () => {
  assert.deepEqual(reservedText([resource("aws:s3/bucket:Bucket", "uploads")]), []);
});
