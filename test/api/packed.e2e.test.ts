// The package as a user has it: packed, in a folder outside of this clone, with the package's own dependencies and no others. They are
// linked from the clone instead of being installed, so that a registry serves them is not proven.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { isBuiltin } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { Ajv } from "ajv";
import ts from "typescript";
import { parse } from "yaml";

const root = path.resolve(import.meta.dirname, "../..");
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "atoll-packed-")));
const repository = path.join(folder, "acme-footprint");
const modules = path.join(repository, "node_modules");
const megabytes = 1024 ** 2;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  program: string,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
): Promise<Ended> {
  // Nothing of this test run may lead the package back into the clone, or make a test of the repository pass unrun.
  const {
    ATOLL_CONFIG_DIR: _config,
    ATOLL_STATE_DIR: _state,
    NODE_TEST_CONTEXT: _context,
    ...inherited
  } = process.env;
  const child = spawn(program, args, {
    cwd: repository,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (part: string) => {
      text[stream] += part;
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...text }));
  });
}

async function succeeded(program: string, args: readonly string[], env = {}): Promise<string> {
  const ended = await run(program, args, env);
  assert.equal(ended.code, 0, `${args.join(" ")}\n${ended.stdout}\n${ended.stderr}`);
  return ended.stdout;
}

function atoll(...args: string[]): Promise<string> {
  return succeeded(process.execPath, [path.join(modules, "atoll/api/bin.mjs"), ...args]);
}

function node(file: string): Promise<string> {
  return succeeded(process.execPath, ["--disable-warning=ExperimentalWarning", file]);
}

before(async () => {
  mkdirSync(modules, { recursive: true });
  await succeeded(process.execPath, [path.join(root, "tools/package/build.ts")]);
  const pack = ["pack", path.join(root, "dist"), "--pack-destination", folder, "--ignore-scripts"];
  await succeeded(process.platform === "win32" ? "npm.cmd" : "npm", pack);
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  assert.ok(statSync(path.join(folder, tarball)).size < 5 * megabytes);
  await succeeded("tar", ["-xzf", path.join(folder, tarball), "-C", folder]);
  cpSync(path.join(folder, "package"), path.join(modules, "atoll"), { recursive: true });
  const { dependencies } = JSON.parse(
    readFileSync(path.join(modules, "atoll/package.json"), "utf8"),
  );
  for (const name of Object.keys(dependencies)) {
    mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name), "junction");
  }
  await atoll("init", "--clouds", "onprem");
});

after(async () => {
  if (existsSync(path.join(repository, ".atoll"))) await atoll("env", "prod", "--stop");
  rmSync(folder, { recursive: true });
});

describe("the packed package", () => {
  test("rehearses what init wrote, under the user's project name", async () => {
    const { stacks } = JSON.parse(await atoll("up", "prod", "--rehearse", "--json"));
    const urns = stacks.flatMap(({ changes }: { changes: { urn: string }[] }) =>
      changes.map(({ urn }) => urn),
    );
    assert.ok(urns.length > 10);
    for (const urn of urns) assert.match(urn, /^urn:pulumi:prod[^:]*::acme-footprint::/);
  });

  test("checks the policies", async () => {
    const { exitCode, violations } = JSON.parse(await atoll("check", "prod", "--json"));
    assert.deepEqual([exitCode, violations], [0, []]);
  });

  test("previews by plain Pulumi, with the repository's own pack, and finds nothing to change", async () => {
    const { variables } = JSON.parse(await atoll("env", "prod", "--json"));
    const args = ["preview", "-s", "prod.onprem-dc1", "--policy-pack", "policies"];
    const ended = await run("pulumi", [...args, "--expect-no-changes"], variables);
    assert.equal(ended.code, 0, `${ended.stdout}\n${ended.stderr}`);
    assert.match(ended.stdout, /atoll@v.* \(local: policies\)/);
  });

  test("gives one component to a plain program", async () => {
    writeExamples();
    writeFileSync(path.join(repository, "program.ts"), componentProgram);
    assert.equal(await node("program.ts"), "s3://prod-one-uploads-111122223333 refused\n");
  });

  test("plugs a section of the repository into its cells, in a test of the repository", async () => {
    writeExamples();
    const file = path.join(repository, "config/Pulumi.prod.onprem-dc1.yaml");
    const notice = "    site: Data centre 1\n    notice: {text: Upgrade on Sunday}\n";
    writeFileSync(file, readFileSync(file, "utf8").replace(/^ {4}site: .*\n/m, notice));
    const ran = await succeeded(process.execPath, ["--test", "footprint.test.ts"]);
    assert.match(ran, /pass 1\n/);
  });

  test("shows the repository's sections in outputs and in the table of services", async () => {
    const file = path.join(repository, "config/Pulumi.prod.yaml");
    const contact = "    target: rehearsal\n    contact: {email: platform@acme.example}\n";
    writeFileSync(file, readFileSync(file, "utf8").replace(/^ {4}target: .*\n/m, contact));
    assert.match(await atoll("start"), /prod\.onprem-dc1 +notice +kube-public\/notice/);
    const outputs = async (stack: string) =>
      JSON.parse(await atoll("pulumi", "--", "stack", "output", "-s", stack, "--json"));
    assert.deepEqual((await outputs("prod")).footprint.contact, { email: "platform@acme.example" });
    assert.deepEqual((await outputs("prod.onprem-dc1")).cell.services.notice, {
      namespace: "kube-public",
      name: "notice",
    });
  });

  test("writes JSON Schemas with the repository's sections, to where the config files refer", async () => {
    await atoll("schema");
    const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
    for (const name of readdirSync(path.join(repository, "schemas")))
      ajv.addSchema(JSON.parse(readFileSync(path.join(repository, "schemas", name), "utf8")), name);
    for (const stack of ["prod", "prod.onprem-dc1"]) {
      const text = readFileSync(path.join(repository, `config/Pulumi.${stack}.yaml`), "utf8");
      const [, named = ""] =
        /^# yaml-language-server: \$schema=\.\.\/schemas\/(.+)$/m.exec(text) ?? [];
      const validate = ajv.getSchema(named);
      assert.ok(validate, named);
      assert.ok(validate(parse(text)), `${stack}: ${ajv.errorsText(validate.errors)}`);
      const unknown = text.replace(/^ {4}(notice|contact): .*\n/m, "    $1: {colour: red}\n");
      assert.equal(validate(parse(unknown)), false, stack);
    }
  });

  test("exports what its package.json names, with types", async () => {
    const { exports } = JSON.parse(readFileSync(path.join(modules, "atoll/package.json"), "utf8"));
    const entries = Object.keys(exports).filter((name) => !name.endsWith(".json"));
    const lines = entries.map(
      (name, i) => `import * as entry${i} from "atoll${name.slice(1)}";\nvoid entry${i};`,
    );
    writeFileSync(path.join(repository, "entries.ts"), lines.join("\n"));
    await node("entries.ts");
    const compiler = path.join(root, "node_modules/typescript-native/bin/tsc");
    await succeeded(process.execPath, [compiler, "-p", "."]);
  });

  test("imports only what it holds or depends on, in declarations too", () => {
    const packed = path.join(modules, "atoll");
    const { dependencies } = JSON.parse(readFileSync(path.join(packed, "package.json"), "utf8"));
    const missing: string[] = [];
    for (const file of globSync("**/*.{js,mjs,d.ts,d.mts}", { cwd: packed })) {
      const { importedFiles } = ts.preProcessFile(readFileSync(path.join(packed, file), "utf8"));
      for (const { fileName: named } of importedFiles) {
        if (isBuiltin(named)) continue;
        const [, bare = ""] = /^((?:@[^/]+\/)?[^/.]+)/.exec(named) ?? [];
        const target = path.join(packed, path.dirname(file), named);
        const declared = target.replace(/\.(m?)js$/, ".d.$1ts");
        const held = /\.d\.m?ts$/.test(file) ? existsSync(declared) : existsSync(target);
        if (bare ? !(bare in dependencies) : !held) missing.push(`${file}: ${named}`);
      }
    }
    assert.deepEqual(missing, []);
  });
});

/** The files that docs/your-own-code.md shows. */
function writeExamples(): void {
  const page = readFileSync(path.join(root, "docs/your-own-code.md"), "utf8");
  for (const [, name = "", text = ""] of page.matchAll(/^```ts file=(\S+)\n([\s\S]*?)^```$/gm)) {
    mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    writeFileSync(path.join(repository, name), text);
  }
}

const componentProgram = `
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "atoll/components/core";
import { AwsObjectStore, createObjectStore } from "atoll/components/object-store";
import { objectStore } from "./component.ts";

await pulumi.runtime.setMocks({
  newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
  call: ({ inputs }) => inputs,
});
const uri = objectStore("arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555");
try {
  // @ts-expect-error arguments are typed
  createObjectStore("untyped", { cloud: "aws", spec: {} });
} catch (error) {
  uri?.apply((at) => console.log(at, error instanceof BlueprintError ? "refused" : String(error)));
}
void AwsObjectStore;
`;
