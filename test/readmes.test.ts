// Examples run under mocks and tables match their schemas. Does not prove that the prose is correct.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { examplesOf, readText, root, runExample, tablesOf, withTables } from "./support/readme.ts";
import { settingsTable } from "./support/settings-table.ts";

const update = process.env.UPDATE_READMES === "1";

const readmes = readdirSync(join(root, "components"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("README.md"))
  .map((file) => join(root, "components", file))
  .sort();

/** The settings by name: an object of fields, or a schema, exported by one of the folder's schema files. */
async function schemaOf(folder: string, constant: string): Promise<z.ZodType> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith("schema.ts"))) {
    const exported = ((await import(join(folder, file))) as Record<string, unknown>)[constant];
    if (exported instanceof z.ZodType) return exported;
    if (typeof exported === "object" && exported !== null) {
      return z.strictObject(exported as Record<string, z.ZodType>);
    }
  }
  throw new Error(`no schema file of ${folder} exports "${constant}"`);
}

test("there are READMEs to check", () => {
  assert.ok(readmes.some((file) => file.endsWith("network/README.md")));
});

for (const readme of readmes) {
  const name = readme.slice(root.length + 1);
  const markdown = readText(readme);

  describe(name, () => {
    for (const example of examplesOf(markdown)) {
      test(`the example at line ${example.line} runs and registers something`, async () => {
        const resources = await runExample(readme, example);
        assert.ok(resources.length > 0);
      });
    }

    for (const constant of tablesOf(markdown)) {
      test(`the table of ${constant} is what the schema says`, async () => {
        const folder = dirname(readme);
        const rendered = settingsTable(folder, constant, await schemaOf(folder, constant));
        const fresh = withTables(readText(readme), (named) =>
          named === constant ? rendered : current(named),
        );
        if (update) writeFileSync(readme, fresh);
        assert.equal(
          readText(readme),
          fresh,
          `${name} is stale; regenerate it with: UPDATE_READMES=1 node --test test/readmes.test.ts`,
        );
      });
    }

    function current(constant: string): string {
      const match = new RegExp(
        `<!-- settings: ${constant} -->\\n([\\s\\S]*?)\\n?<!-- end -->`,
      ).exec(readText(readme));
      return match?.[1] ?? "";
    }
  });
}
