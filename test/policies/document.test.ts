/** docs/policies.md matches the pack. Its other text is not checked. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { controls } from "../../policies/catalogue.ts";
import { documentFile, withCatalogue } from "../../policies/document.ts";

const page = readFileSync(documentFile, "utf8");

test("docs/policies.md has the current catalogue (node policies/write-document.ts updates it)", () => {
  assert.equal(page, withCatalogue(page));
});

test("every control has a heading that violations link to", () => {
  for (const { id } of controls) assert.ok(page.includes(`\n### ${id}\n`), id);
});
