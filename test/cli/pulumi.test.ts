// How arguments for the Pulumi CLI are parsed and completed. What these tests cannot prove: that Pulumi accepts them; test/e2e does.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bindsStack, packsIn, prepare, stackIn } from "../../cli/commands/pulumi.ts";

describe("the stack that arguments name", () => {
  for (const args of [
    ["preview", "-s", "local"],
    ["preview", "--stack", "local"],
    ["--stack=local", "up"],
    ["up", "-s=local"],
  ]) {
    test(`is found in "${args.join(" ")}"`, () => assert.equal(stackIn(args), "local"));
  }

  test("is undefined where none is named", () => {
    assert.equal(stackIn(["stack", "ls"]), undefined);
    assert.equal(stackIn(["preview", "-s"]), undefined);
  });
});

describe("policy packs that arguments name", () => {
  test("are read as Pulumi reads them: a list of values, quoted where needed", () => {
    const args = ["up", "--policy-pack", '/a,"/b, ""c"""', "--policy-pack=/d", "-s", "local"];
    assert.deepEqual(packsIn(args), ["/a", '/b, "c"', "/d"]);
    assert.deepEqual(packsIn(["up", "--policy-pack"]), []);
  });

  test("and the project's own is quoted in the same way", () => {
    const prepared = prepare(["up"], { policyPack: '/x, "y"/policies', configFile: undefined });
    assert.deepEqual(prepared, ["up", "--policy-pack", '"/x, ""y""/policies"']);
    assert.deepEqual(packsIn(prepared), ['/x, "y"/policies']);
  });
});

describe("arguments for plain Pulumi", () => {
  const given = { policyPack: "/pack", configFile: "/config.yaml" };

  test("get the policy pack and the rehearsal's config file where the program is run", () => {
    assert.deepEqual(prepare(["preview", "-s", "local"], given), [
      "preview",
      "-s",
      "local",
      "--policy-pack",
      "/pack",
      "--config-file",
      "/config.yaml",
    ]);
  });

  test("keep flags that are set already", () => {
    const args = ["up", "--policy-pack=/mine", "--config-file", "/own"];
    assert.deepEqual(prepare(args, given), args);
  });

  test("get only the config file where no program is run, and nothing for other commands", () => {
    assert.deepEqual(prepare(["destroy"], given), ["destroy", "--config-file", "/config.yaml"]);
    assert.deepEqual(prepare(["stack", "ls"], given), ["stack", "ls"]);
    assert.deepEqual(prepare(["config", "set", "a", "b"], given), ["config", "set", "a", "b"]);
  });

  test("get the config in commands that edit it, where that is asked for, and before a value after --", () => {
    const edits = { ...given, edits: true };
    assert.deepEqual(prepare(["config"], edits), ["config", "--config-file", "/config.yaml"]);
    assert.deepEqual(prepare(["config", "set", "key", "--", "-----BEGIN"], edits), [
      ...["config", "set", "key", "--config-file", "/config.yaml"],
      ...["--", "-----BEGIN"],
    ]);
  });

  test("write the config file where the stack is created, renamed, removed or given another secrets provider", () => {
    assert.ok(bindsStack(["-s", "prod", "stack", "change-secrets-provider", "passphrase"]));
    assert.ok(bindsStack(["stack", "init", "prod"]));
    assert.equal(bindsStack(["stack", "export", "-s", "init"]), false);
    assert.equal(bindsStack(["up", "-s", "prod"]), false);
  });

  test("get them also when flags come before the command", () => {
    assert.deepEqual(prepare(["-s", "local", "destroy"], given), [
      "-s",
      "local",
      "destroy",
      "--config-file",
      "/config.yaml",
    ]);
  });

  test("get no config file on a real cloud, where Pulumi reads the project's own", () => {
    assert.deepEqual(prepare(["preview"], { ...given, configFile: undefined }), [
      "preview",
      "--policy-pack",
      "/pack",
    ]);
  });
});
