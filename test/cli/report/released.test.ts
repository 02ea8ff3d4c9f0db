import assert from "node:assert/strict";
import { test } from "node:test";
import { releasedText } from "../../../cli/report/released.ts";

const resource = (type: string, name: string, id: string) => ({
  urn: `urn:pulumi:prod::atoll::${type}::${name}`,
  type,
  id,
});
const archive = resource("aws:s3/bucket:Bucket", "archive", "prod-audit-111122223333");
const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "archive-policy", "prod-audit");
const key = resource("aws:kms/key:Key", "archive-key", "b80bba34");
const other = resource("aws:s3/bucket:Bucket", "uploads", "prod-uploads");

const none = { urns: new Set<string>(), keptEarlier: new Set<string>(), keys: [] };
const oneLine = (lines: readonly string[]) => lines.join(" ").replaceAll(/\s+/g, " ");

test("destroy names the archives that stay and their keys, with ids", () => {
  const urns = new Set([archive, policy, key].map(({ urn }) => urn));
  const text = releasedText("prod", [archive, policy, key, other], { ...none, urns, keys: [key] });
  const lines = text.join("\n").split("\n");
  assert.deepEqual(lines.slice(-2), [
    "  Bucket archive (prod-audit-111122223333)",
    "  Key archive-key (b80bba34)",
  ]);
  assert.match(lines.join(" "), /stays in the cloud, without a stack/);
  assert.ok(lines.every((line) => line.length <= 80));
});

test("and says that the environment keeps the keys of a cell's archives", () => {
  const urns = new Set([archive.urn, key.urn]);
  const text = oneLine(releasedText("prod", [archive, other], { ...none, urns, keys: [key] }));
  assert.match(text, /Keys of environment prod that these archives need\. It keeps them/);
  assert.match(text, /: Key archive-key \(b80bba34\)$/);
});

test("and how to delete the keys of archives that were released earlier", () => {
  const kept = { ...key, outputs: { arn: "arn:aws:kms:us-east-1:111122223333:key/b80bba34" } };
  const urns = new Set([archive.urn, kept.urn]);
  const text = releasedText("prod", [archive, kept], {
    urns,
    keptEarlier: new Set([kept.urn]),
    keys: [],
  });
  assert.match(oneLine(text), /released earlier need them.*: Key archive-key \(b80bba34\)/);
  // The first 16 digits of the SHA-256 of the key's ARN.
  const command = "    npx atoll pulumi -- stack tag rm atoll:keeps-7674fee2598d6647 --stack prod";
  assert.equal(text.at(-1)?.split("\n").at(-1), command);
});

test("and says nothing where nothing stays", () => {
  assert.deepEqual(releasedText("prod", [other], none), []);
});
