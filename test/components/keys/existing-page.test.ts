// The page of what an existing key has to allow shows the statements that Atoll gives its own keys. That services need no others is
// not proven here.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { policyDocument } from "../../../components/core/iam.ts";
import { keyPolicy } from "../../../components/keys/aws-policies.ts";
import { type Purpose, purposes } from "../../../components/keys/schema.ts";
import { aws } from "./fixture.ts";

const page = new URL("../../../docs/existing-keys.md", import.meta.url);
const block = /(<!-- statements -->\n)[\s\S]*?(<!-- end -->)/;

/** Its statements beside those of administration, which are the key owner's. */
async function statementsOf(purpose: Purpose): Promise<string> {
  const [, ...uses] = keyPolicy(purpose, aws);
  const document = await new Promise<string>((resolve) => {
    policyDocument(uses).apply(resolve);
  });
  const { Statement } = JSON.parse(document) as { Statement: unknown };
  return `### ${purpose}\n\n\`\`\`json\n${JSON.stringify(Statement, null, 2)}\n\`\`\`\n`;
}

test("the page shows the statements of every purpose", async () => {
  const fresh = (await Promise.all(purposes.map(statementsOf))).join("\n");
  const shown = readFileSync(page, "utf8");
  const expected = shown.replace(
    block,
    (_, start: string, end: string) => `${start}\n${fresh}\n${end}`,
  );
  if (process.env.UPDATE_READMES === "1") writeFileSync(page, expected);
  assert.equal(
    readFileSync(page, "utf8"),
    expected,
    "update it by: UPDATE_READMES=1 node --test test/components/keys/existing-page.test.ts",
  );
});
