// The guide's commands, in its order, by the real CLI on stubs of Amazon S3 and AWS KMS and a file backend. What this cannot prove:
// that the real services behave alike, Cloud Storage, Cloud KMS and Pulumi Cloud above all, and that IAM lets anybody use them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { ensureEngine } from "../../tools/engine.ts";
import { type Bucket, startBucket } from "../support/bucket.ts";
import { type Kms, startKms } from "../support/kms.ts";
import { root } from "../support/readme.ts";

const guide = readFileSync(path.join(root, "docs/secrets-and-state.md"), "utf8");
const blocks = new Map(
  [...guide.matchAll(/^```sh run=(\w+)\n([\s\S]*?)^```$/gm)].map(([, name = "", code = ""]) => [
    name,
    code,
  ]),
);
const backend = "s3://acme-state?region=us-east-1";
const provider = "awskms://alias/atoll-state?region=us-east-1";
const secret = "hush-hush";

const program = `import * as pulumi from "@pulumi/pulumi";
export default () => {
  const [environment] = pulumi.getStack().split(".");
  const token = new pulumi.Config("atoll").getSecret("token");
  if (environment === pulumi.getStack()) return { token };
  const name = [pulumi.getOrganization(), pulumi.getProject(), environment].join("/");
  return { name, token: new pulumi.StackReference(name).getOutput("token") };
};
`;
const environment = `kind: environment
    target: cloud
    owner: platform
    costCentre: cc-1000
    dataClass: restricted
    addressSpace: { supernet: 10.64.0.0/11 }
`;
const cell = `kind: cell
    environment: prod
    cloud: aws
    account: "111122223333"
    region: us-east-1
    cidr: 10.64.0.0/16
    cluster:
      version: "1.35"
      access: { deploy: { principalArn: "arn:aws:iam::111122223333:role/deploy", policy: cluster-admin } }
    nodePools: { system: { class: system, capacity: on-demand, size: { min: 3, max: 6 } } }
`;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

describe("the guide to state and secrets", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-guide-"));
  const at = (...names: string[]) => path.join(folder, ...names);
  const tried = new Set<string>();
  let bucket: Bucket;
  let kms: Kms;
  let variables: NodeJS.ProcessEnv;

  before(async () => {
    kms = await startKms();
    bucket = await startBucket();
    const engine = await ensureEngine();
    for (const name of ["new", "home", "bin", "moved", "project/config"])
      mkdirSync(at(name), { recursive: true });
    write(
      "bin/npx",
      `#!/bin/sh\nshift\nexec node '${path.join(root, "cli/main.ts")}' "$@"\n`,
      0o755,
    );
    symlinkSync(path.join(root, "node_modules"), at("project/node_modules"));
    symlinkSync(path.join(root, "test/fixtures/project/policies"), at("project/policies"));
    write("project/package.json", '{ "type": "module" }');
    write("project/program.js", program);
    write(
      "project/Pulumi.yaml",
      "name: acme\nruntime: { name: nodejs, options: { typescript: false, reusable: true } }\nmain: program.js\nstackConfigDir: config\n",
    );
    config(
      "prod",
      `secretsprovider: ${provider}\nconfig:\n  # who pays\n  atoll:manifest:\n    ${environment}`,
    );
    config("prod.aws-use1", `config:\n  atoll:manifest:\n    ${cell}`);
    write("project/token.txt", secret);
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(PULUMI|ATOLL|AWS)_/.test(name),
    );
    variables = {
      ...Object.fromEntries(inherited),
      ...kms.variables,
      ...bucket.variables,
      PATH: [
        at("bin"),
        path.join(root, "node_modules/.bin"),
        path.dirname(engine.path),
        process.env.PATH,
      ].join(path.delimiter),
      PULUMI_HOME: at("home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // What a workflow sets where it has no such secret.
      PULUMI_CONFIG_PASSPHRASE: "",
    };
  });
  after(() => {
    kms.stop();
    bucket.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  function write(file: string, text: string, mode = 0o644): void {
    writeFileSync(at(file), text, { mode });
  }

  function config(stack: string, text: string): void {
    write(`project/config/Pulumi.${stack}.yaml`, text);
  }

  function readConfig(stack: string): { text: string; value: Record<string, unknown> } {
    const text = readFileSync(at(`project/config/Pulumi.${stack}.yaml`), "utf8");
    return { text, value: parse(text) };
  }

  function checkpoint(backend: "bucket" | "folder", stack: string) {
    const file = `.pulumi/stacks/acme/${stack}.json`;
    const text =
      backend === "bucket"
        ? String(bucket.objects.get(file))
        : readFileSync(at("new", file), "utf8");
    return { text, latest: JSON.parse(text).checkpoint.latest };
  }

  function shell(
    code: string,
    set: Record<string, string> = {},
    cwd = at("project"),
  ): Promise<Ended> {
    const child = spawn("sh", ["-ec", code], {
      cwd,
      env: { ...variables, ...set },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, text })));
  }

  async function done(code: string, set?: Record<string, string>, cwd?: string): Promise<string> {
    const ended = await shell(code, set, cwd);
    assert.equal(ended.code, 0, `${code}\n${ended.text}`);
    return ended.text;
  }

  /** Runs a block of the guide with a folder in the place of the bucket of Google. */
  function run(name: string, set?: Record<string, string>): Promise<string> {
    const block = blocks.get(name);
    assert.ok(block, `the guide has no block ${name}`);
    tried.add(name);
    return done(block.replaceAll("gs://acme-state", `file://${at("new")}`), set);
  }

  test("signs in to the backend", async () => {
    assert.ok((await run("login")).includes(`Backend URL: ${backend}`));
    assert.ok(bucket.calls.length > 0);
  });

  test("creates the environment and its cell with the environment's provider, and keeps what the files say", async () => {
    await run("create");
    for (const stack of ["prod", "prod.aws-use1"]) {
      const { text, value } = readConfig(stack);
      assert.equal(value.secretsprovider, provider, stack);
      const { secrets_providers: bound } = checkpoint("bucket", stack).latest;
      assert.deepEqual(bound.state, { url: provider, encryptedkey: value.encryptedkey }, stack);
      assert.equal(text.includes("# who pays"), stack === "prod");
    }
    assert.ok(kms.calls.includes("Encrypt alias/atoll-state"));
  });

  test("encrypts a secret in the file and in the state, also where a cell reads it of its environment", async () => {
    await run("secret");
    await done("npx atoll up prod --yes");
    assert.match(readConfig("prod").text, /atoll:token:\n +secure: v1:/);
    for (const stack of ["prod", "prod.aws-use1"]) {
      const { text, latest } = checkpoint("bucket", stack);
      assert.equal(text.includes(secret), false, stack);
      assert.ok(latest.resources[0].outputs.token.ciphertext, stack);
    }
    const outputs = await done("pulumi stack output --json --show-secrets -s prod.aws-use1");
    assert.deepEqual(JSON.parse(outputs), { name: "organization/acme/prod", token: secret });
  });

  const token = "pulumi stack output token --show-secrets -s prod";
  const both = `pulumi config get atoll:token -s prod; ${token}`;
  const twice = `${secret}\n${secret}\n`;

  test("rotates the data key", async () => {
    const key = readConfig("prod").value.encryptedkey;
    await run("rotate");
    assert.notEqual(readConfig("prod").value.encryptedkey, key);
    assert.equal(await done(both), twice);
  });

  test("changes from KMS to a passphrase, to another one, and back", async () => {
    await run("passphrase", { NEW_PASSPHRASE: "one" });
    assert.equal(readConfig("prod").value.secretsprovider, undefined);
    assert.equal(await done(both, { PULUMI_CONFIG_PASSPHRASE: "one" }), twice);
    await run("another", { PULUMI_CONFIG_PASSPHRASE: "one", NEW_PASSPHRASE: "two" });
    assert.match((await shell(both, { PULUMI_CONFIG_PASSPHRASE: "one" })).text, /incorrect pass/);
    assert.equal(await done(both, { PULUMI_CONFIG_PASSPHRASE: "two" }), twice);
    await run("kms", { PULUMI_CONFIG_PASSPHRASE: "two" });
    assert.equal(readConfig("prod").value.secretsprovider, provider);
    assert.equal(await done(both), twice);
  });

  test("a lock outlives its run until it is cancelled", async () => {
    const lock = { pid: 1, username: "ci", hostname: "runner", timestamp: "2026-01-01T00:00:00Z" };
    const file = ".pulumi/locks/organization/acme/prod/6f1b3f0a.json";
    bucket.objects.set(file, Buffer.from(JSON.stringify(lock)));
    const change = "pulumi stack export -s prod | pulumi stack import -s prod";
    assert.match((await shell(change)).text, /currently locked by 1 lock.*\n.*ci@runner/);
    await run("unlock");
    await done(change);
  });

  test("a preview reads the bucket, takes no lock and asks KMS to decrypt only", async () => {
    const calls = [bucket.calls.length, kms.calls.length];
    await done("npx atoll preview prod.aws-use1");
    assert.deepEqual([...new Set(bucket.calls.slice(calls[0]))].sort(), ["GET", "HEAD"]);
    assert.deepEqual([...new Set(kms.calls.slice(calls[1]))], ["Decrypt"]);
  });

  test("moves to another backend and keeps resources and secrets", async () => {
    const old = checkpoint("bucket", "prod").latest;
    await run("move");
    const moved = checkpoint("folder", "prod").latest;
    assert.deepEqual(
      moved.resources.map(({ urn }: { urn: string }) => urn),
      old.resources.map(({ urn }: { urn: string }) => urn),
    );
    assert.equal(await done(both), twice);
    await done(
      `PULUMI_BACKEND_URL='${backend}' pulumi stack rm prod --force --preserve-config --yes`,
    );
    assert.equal(readConfig("prod").value.secretsprovider, provider);
  });

  test("a flag alone makes plain Pulumi follow the provider of a config file", async () => {
    config("plain", `secretsprovider: ${provider}\n`);
    await done("pulumi stack init plain --no-select", { PULUMI_CONFIG_PASSPHRASE: "one" });
    assert.deepEqual(Object.keys(readConfig("plain").value), ["encryptionsalt"]);
  });

  test("environments of Pulumi ESC are refused by other backends", async () => {
    config("esc", "environment: [acme/prod]\nconfig: {}\n");
    await done("pulumi stack init esc --no-select", { PULUMI_CONFIG_PASSPHRASE: "one" });
    const { text } = await shell("pulumi config -s esc", { PULUMI_CONFIG_PASSPHRASE: "one" });
    assert.match(text, /Pulumi ESC environments require the Pulumi Cloud backend/);
  });

  test("KMS of Google is known by its URL, and asks for Google's credentials", async () => {
    const url =
      "gcpkms://projects/acme-prod/locations/europe-west1/keyRings/atoll/cryptoKeys/state";
    assert.ok(guide.includes(url));
    const { code, text } = await shell(
      `pulumi stack init google --no-select --secrets-provider '${url}'`,
      { GOOGLE_APPLICATION_CREDENTIALS: at("nothing.json") },
    );
    assert.notEqual(code, 0);
    assert.match(text, /gcp credentials|google credentials|nothing\.json/);
  });

  test("a config folder that was moved is the one that is written, and the clone's stays as it is", async () => {
    const sample = () => readFileSync(path.join(root, "stacks/config/Pulumi.local.yaml"), "utf8");
    const before = sample();
    const file = at("moved/Pulumi.local.yaml");
    writeFileSync(
      file,
      `config:\n  pulumi:disable-default-providers: ["*"]\n  atoll:manifest:\n    ${environment}`,
    );
    const moved = {
      ATOLL_CONFIG_DIR: at("moved"),
      PULUMI_BACKEND_URL: `file://${at("new")}`,
      PULUMI_CONFIG_PASSPHRASE: "one",
    };
    await done("npx atoll preview local --yes", moved, root);
    assert.match(readFileSync(file, "utf8"), /^encryptionsalt: /m);
    await done("npx atoll pulumi -- config set --secret atoll:token hush -s local", moved, root);
    assert.match(readFileSync(file, "utf8"), /atoll:token:\n +secure: v1:/);
    await done(
      `npx atoll pulumi -- stack change-secrets-provider '${provider}' -s local`,
      moved,
      root,
    );
    assert.match(readFileSync(file, "utf8"), /^encryptedkey: /m);
    assert.equal(sample(), before);
  });

  test("every block that says so was run", () => {
    assert.deepEqual([...blocks.keys()].sort(), [...tried].sort());
  });
});
