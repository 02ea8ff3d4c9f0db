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

test("destroy names the archives that stay and their keys, with ids", () => {
  const released = new Set([archive, policy, key].map(({ urn }) => urn));
  const lines = releasedText([archive, policy, key, other], released).join("\n").split("\n");
  assert.deepEqual(lines.slice(-2), [
    "  Bucket archive (prod-audit-111122223333)",
    "  Key archive-key (b80bba34)",
  ]);
  assert.match(lines.join(" "), /stays in the cloud, without a stack/);
  assert.ok(lines.every((line) => line.length <= 80));
});

test("and warns where the keys belong to another stack", () => {
  const text = releasedText([archive, other], new Set([archive.urn, key.urn])).join(" ");
  assert.match(text.replaceAll(/\s+/g, " "), /keys belong to the environment: destroying it later/);
});

test("and says nothing where nothing stays", () => {
  assert.deepEqual(releasedText([other], new Set()), []);
});
