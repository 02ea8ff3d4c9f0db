/**
 * The blueprint's own cells never trip over the pack: in a first preview, when all that can be unknown is unknown, no resource of
 * the sample footprint breaks a control. Controls that need several resources see these cells in the engine only.
 */
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { controls } from "../../policies/catalogue.ts";
import type { ResourceType } from "../../policies/types.ts";
import { runStack } from "../../stacks/program.ts";
import { inventory } from "../support/inventory.ts";
import { type Given, judge, permanent, type Verdict } from "./judge.ts";

const judged = new Set(controls.flatMap(({ resources }) => Object.keys(resources ?? {})));
/** The sample is ephemeral; these controls would ask it to be protected from deletion. */
const permanentOnly = new Set(
  controls.flatMap(({ id, permanentOnly }) => (permanentOnly ? [id] : [])),
);
let config: string;

before(async () => {
  config = await mkdtemp(path.join(tmpdir(), "atoll-config-"));
  await cp(path.resolve(import.meta.dirname, "../../stacks/config"), config, { recursive: true });
  process.env.ATOLL_CONFIG_DIR = config;
});

after(async () => {
  delete process.env.ATOLL_CONFIG_DIR;
  await rm(config, { recursive: true });
});

async function judgeCell(stack: string): Promise<{ types: number; verdicts: Verdict[] }> {
  const registered = await inventory(() => runStack(stack), { preview: true, stack });
  const resources = registered
    .filter(({ type }) => judged.has(type))
    .map(({ type, name, inputs }): Given => ({ type: type as ResourceType, name, props: inputs }));
  return {
    types: new Set(resources.map(({ type }) => type)).size,
    verdicts: await judge(resources, permanent),
  };
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(config, file), "utf8");
  assert.ok(text.includes(from), `${file} has no ${from}`);
  await writeFile(path.join(config, file), text.replace(from, to));
}

for (const [stack, types] of [
  ["local.aws-use1", 10],
  ["local.gcp-euw1", 4],
] as const) {
  test(`${stack} breaks no control when it is permanent`, async () => {
    await edit("Pulumi.local.yaml", "lifetime: ephemeral", "lifetime: permanent");
    const outcome = await judgeCell(stack);
    await edit("Pulumi.local.yaml", "lifetime: permanent", "lifetime: ephemeral");
    assert.deepEqual(outcome.verdicts, []);
    assert.ok(outcome.types >= types, `only ${outcome.types} types were judged`);
  });
}

test("a manifest that opens the endpoint to the world breaks EKS1 alone", async () => {
  const opened =
    'endpointPublicAccess: true\n      publicAccessCidrs: ["0.0.0.0/0"]\n      version:';
  await edit("Pulumi.local.aws-use1.yaml", "version:", opened);
  const { verdicts } = await judgeCell("local.aws-use1");
  assert.deepEqual(
    verdicts.map(({ control }) => control).filter((control) => !permanentOnly.has(control)),
    ["EKS1"],
  );
  assert.match(verdicts[0]?.message ?? "", /publicAccessCidrs is \["0\.0\.0\.0\/0"\]/);
});
