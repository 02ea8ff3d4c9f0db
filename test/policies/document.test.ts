/** docs/policies.md says what the pack does. Its prose is for people to check. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { controls } from "../../policies/catalogue.ts";
import { documentFile, withCatalogue } from "../../policies/document.ts";

const page = readFileSync(documentFile, "utf8");

test("docs/policies.md has the catalogue of today (node policies/write-document.ts brings it up to date)", () => {
  assert.equal(page, withCatalogue(page));
});

test("every control has a heading that a violation's link leads to", () => {
  for (const { id } of controls) assert.ok(page.includes(`\n### ${id}\n`), id);
});
