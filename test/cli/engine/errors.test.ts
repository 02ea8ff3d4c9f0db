// Messages of the engine from real runs and from its source. What these tests cannot prove: that a later engine prints the same;
// interruption.e2e.test.ts runs the most common cases.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { failureOf, failureOfRun } from "../../../cli/engine/errors.ts";
import type { Diagnostic } from "../../../cli/engine/events.ts";
import type { StackResult } from "../../../cli/engine/run.ts";
import { BlueprintError, programCodes } from "../../../components/core/errors.ts";

const ended = { code: 1, signal: null, stdout: "", stderr: "" };
const counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };
const vpc = "urn:pulumi:local.aws-use1::atoll::atoll:network:AwsNetwork$aws:ec2/vpc:Vpc::network";
const error = (message: string, urn = ""): Diagnostic => ({ severity: "error", urn, message });

function result(diagnostics: readonly Diagnostic[], more: Partial<StackResult> = {}): StackResult {
  const progress = {
    counts,
    current: [],
    violations: [],
    changes: [],
    printed: [],
    drift: [],
    diagnostics,
  };
  return {
    stack: "local.aws-use1",
    operation: "up",
    succeeded: false,
    progress,
    seconds: 1,
    ended,
    ...more,
  };
}

const words: readonly (readonly [string, string, RegExp])[] = [
  [
    "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
    "credentials-missing",
    /no login to the backend/,
  ],
  [
    "error: get stack secrets manager: incorrect passphrase",
    "passphrase-wrong",
    /another passphrase/,
  ],
  [
    "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
    "passphrase-wrong",
    /none is set/,
  ],
  [
    "error: the stack is currently locked by 1 lock(s). Either wait\n  file:///x.json: created by ann@host (pid 42) at 2026-01-02T03:04:05Z",
    "environment-busy",
    /ann@host \(pid 42\)/,
  ],
  [
    "error: [409] Conflict: Another update is currently in progress.",
    "environment-busy",
    /another run/,
  ],
  ["error: no stack named 'local.aws-use1' found", "stack-missing", /does not exist yet/],
  [
    "error: could not load plugin for gcp provider: no resource plugin 'pulumi-resource-gcp' found",
    "plugin-missing",
    /"gcp"/,
  ],
  [
    "error: operation error STS: get credentials: no valid credential sources for S3 Backend found",
    "credentials-missing",
    /credentials/,
  ],
  [
    "error: could not create secrets manager for new stack: secrets (code=Unknown): operation error KMS: Encrypt, get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found",
    "credentials-missing",
    /credentials/,
  ],
  ["error: failed to load checkpoint: unexpected end", "state-unreadable", /cannot be read/],
  [
    "rpc error: code = Unavailable desc = connection error",
    "server-unreachable",
    /lost the connection/,
  ],
];

describe("a failed command", () => {
  for (const [stderr, code, message] of words) {
    test(`that says "${stderr.split("\n", 1)[0]}" is ${code}, with a cure and the engine's output`, () => {
      const failure = failureOf("local.aws-use1", { ...ended, stderr });
      assert.equal(failure.code, code);
      assert.match(failure.message, message);
      assert.ok(failure.cure.length > 10);
      assert.equal(failure.details, stderr);
    });
  }

  const codes = {
    "move-needed": /has data that its manifest would delete/,
    "cluster-unsuitable": /does not match its manifest/,
    "existing-unsuitable": /an existing resource of stack .* does not meet its requirements/,
    "zones-unsuitable": /has resources that cannot follow its zones/,
    "environment-not-up": /needs its environment or another cell/,
  };
  for (const code of programCodes) {
    test(`of a program's error ${code} is that, whatever the error says and the engine adds`, () => {
      const { message } = new BlueprintError(code, "purple:", [{ path: "a.b", message: "green" }]);
      const stderr = `error serializing property "kubeconfig": ${message}\n    at run (x.ts:1:2)`;
      const failure = failureOf("local.aws-use1", { ...ended, stderr });
      assert.equal(failure.code, code);
      assert.match(failure.message, codes[code]);
      assert.match(failure.details, /purple:\n {2}- a\.b: green\n/);
      assert.doesNotMatch(failure.details, /\[atoll/);
    });
  }

  test("of an unknown kind keeps the engine's output", () => {
    const failure = failureOf("local", { ...ended, code: 7, stderr: "error: purple" });
    assert.equal(failure.code, "deployment-failed");
    assert.match(failure.message, /code 7/);
    assert.equal(failure.details, "error: purple");
  });
});

describe("a failed run", () => {
  test("names the resources that failed, each once, and no more than three", () => {
    const urns = ["a", "b", "c", "d"].map((name) => vpc.replace(/network$/, name));
    const diagnostics = [...urns, vpc.replace(/network$/, "a")].map((urn) =>
      error("quota exceeded", urn),
    );
    const failure = failureOfRun(result([...diagnostics, error("update failed")]), false);
    assert.equal(failure?.code, "deployment-failed");
    assert.match(failure?.message ?? "", /failed at Vpc a, Vpc b, Vpc c and 1 more$/);
    assert.equal(failure?.details, "Vpc a, Vpc b, Vpc c and 1 more: quota exceeded");
  });

  test("does not report resources that were only cancelled after another failed", () => {
    const failure = failureOfRun(
      result([
        error("no", vpc),
        error("failed to run policy: context canceled", vpc.replace(/network$/, "other")),
      ]),
      false,
    );
    assert.match(failure?.message ?? "", /failed at Vpc network$/);
  });

  test("of the program shows the first line of its error, and all of it below", () => {
    const said = 'environment "x" cannot be used:\n  - a\n  - b';
    const failure = failureOfRun(result([error(said)]), false);
    assert.equal(failure?.code, "program-failed");
    assert.match(failure?.message ?? "", /cannot be used:$/);
    assert.equal(failure?.details, said);
  });

  test("of the program by an unhandled exception names it, and leaves the trace to the engine's full output", () => {
    const said = [
      "Running program '/here/index.mjs' failed with an unhandled exception:",
      "TypeError: x is not a function",
      "    at new Part (file:///here/part.ts:12:3)",
      "    at async Promise.all (index 0)",
      "    at async file:///here/index.mjs:3:1 {",
      "  code: 'E_X'",
      "}",
    ];
    const failure = failureOfRun(result([error(said.join("\n"))]), false);
    assert.match(failure?.message ?? "", /failed in its program: TypeError: x is not a function$/);
    assert.equal(failure?.details, [...said.slice(0, 2), ...said.slice(5)].join("\n"));
  });

  test("that only policies stopped has violations and no failure", () => {
    const violation = {
      policy: "p",
      level: "mandatory",
      severity: "high",
      urn: vpc,
      message: "m",
    } as const;
    const { progress } = result([]);
    assert.equal(
      failureOfRun(result([], { progress: { ...progress, violations: [violation] } }), false),
      undefined,
    );
  });

  test("that was interrupted says so, whatever the engine printed last", () => {
    assert.equal(failureOfRun(result([error("update canceled")]), true)?.code, "interrupted");
  });

  test("whose engine was killed names the signal", () => {
    const failure = failureOfRun(
      result([], { ended: { ...ended, code: null, signal: "SIGKILL" } }),
      false,
    );
    assert.equal(failure?.code, "engine-broken");
    assert.match(failure?.message ?? "", /SIGKILL/);
  });

  test("that succeeded has no failure, even after a late interrupt", () => {
    assert.equal(failureOfRun(result([], { succeeded: true }), true), undefined);
  });
});
