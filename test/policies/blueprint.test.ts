/**
 * The blueprint's own stacks meet all controls: in a first preview, with as many unknown values as possible, no resource of the
 * sample footprint violates a control. Controls of several resources check these stacks only in the engine.
 */
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { statefulTypes } from "../../components/core/stateful-types.ts";
import { controls } from "../../policies/catalogue.ts";
import type { Control } from "../../policies/control.ts";
import { Report } from "../../policies/report.ts";
import { Stack } from "../../policies/stack.ts";
import type { ResourceType } from "../../policies/types.ts";
import { runStack } from "../../stacks/program.ts";
import { inventory } from "../support/inventory.ts";
import { siteKubeconfig } from "../support/site.ts";
import { type Given, judge } from "./judge.ts";

const sample = ["local", "local.aws-use1", "local.gcp-euw1", "local.onprem-sel"];
const judged = new Set(controls.flatMap(({ resources }) => Object.keys(resources ?? {})));
/** The resources of the sample; every stack has its own stack resource. */
const registered = new Set(["pulumi:pulumi:Stack"]);
const protectedTypes = new Set<string>();
let config: string;

before(async () => {
  config = await mkdtemp(path.join(tmpdir(), "atoll-config-"));
  await cp(path.resolve(import.meta.dirname, "../../stacks/config"), config, { recursive: true });
  process.env.ATOLL_CONFIG_DIR = config;
  await edit("Pulumi.local.yaml", "lifetime: ephemeral", "lifetime: permanent");
  pulumi.runtime.setConfig("atoll:kubeconfig", siteKubeconfig());
});

after(async () => {
  delete process.env.ATOLL_CONFIG_DIR;
  await rm(config, { recursive: true });
});

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(config, file), "utf8");
  assert.ok(text.includes(from), `${file} has no ${from}`);
  await writeFile(path.join(config, file), text.replace(from, to));
}

async function resourcesOf(stack: string): Promise<Given[]> {
  const resources = await inventory(() => runStack(stack), { preview: true, stack });
  for (const { type, protect } of resources) {
    registered.add(type);
    if (protect) protectedTypes.add(type);
  }
  return resources
    .filter(({ type }) => judged.has(type))
    .map(({ type, name, inputs }): Given => ({ type: type as ResourceType, name, props: inputs }));
}

for (const stack of sample) {
  test(`${stack} violates no control as a permanent environment`, async () => {
    assert.deepEqual(await judge(await resourcesOf(stack)), []);
  });
}

test("plans mark every type that a permanent environment protects", () => {
  assert.ok(protectedTypes.size > 30);
  assert.deepEqual(
    [...protectedTypes].filter((type) => !statefulTypes.has(type)),
    [],
  );
});

test("every control finds what it judges in the sample, which has no users and no keys of accounts", () => {
  const idle = controls.filter((control) => !typesOf(control).some((type) => registered.has(type)));
  assert.deepEqual(
    idle.map(({ id }) => id),
    ["IAM2", "GIAM2"],
  );
});

/** The resource types that a control checks; deferred values are reported on the stack. */
function typesOf(control: Control): string[] {
  const types = Object.keys(control.resources ?? {});
  if (control.deferred) types.push("pulumi:pulumi:Stack");
  const stack = new Stack([]);
  stack.all = (type) => {
    types.push(type);
    return [];
  };
  control.stack?.(stack, () => new Report());
  return types;
}

test("a manifest that opens the endpoint to the internet violates only EKS1", async () => {
  const opened =
    'endpointPublicAccess: true\n      publicAccessCidrs: ["0.0.0.0/0"]\n      version:';
  await edit("Pulumi.local.aws-use1.yaml", "version:", opened);
  const verdicts = await judge(await resourcesOf("local.aws-use1"));
  assert.deepEqual(
    verdicts.map(({ control }) => control),
    ["EKS1"],
  );
  assert.match(verdicts[0]?.message ?? "", /publicAccessCidrs is \["0\.0\.0\.0\/0"\]/);
});
