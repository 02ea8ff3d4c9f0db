// Reports of constructed runs. What these tests cannot prove: how viewers render them. SARIF is compared with the requirements of its
// specification (2.1.0, sections 3.13 to 3.54), without a validator, and JUnit is parsed as XML.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import pico from "picocolors";
import type { StackReport } from "../../../cli/engine/deploy.ts";
import { Failure } from "../../../cli/failure.ts";
import { type Catalogue, findingOf, loadCatalogue } from "../../../cli/report/catalogue.ts";
import { junit, xmlText } from "../../../cli/report/junit.ts";
import { asJson, distinctFailures, exitCodeOf } from "../../../cli/report/report.ts";
import { sarif } from "../../../cli/report/sarif.ts";
import { table } from "../../../cli/report/table.ts";
import { findingText, summaryTable } from "../../../cli/report/text.ts";

const urn = "urn:pulumi:local.aws-use1::atoll::aws:eks/cluster:Cluster::cluster";
const remedy = "set vpcConfig.endpointPublicAccess to false";
const control = {
  id: "EKS1",
  policy: "eks1-disallow-public-endpoint",
  title: "The endpoint is private",
  severity: "high",
  remedy,
  requirements: ["PCI DSS 1.3.1", "SOC 2 CC6.6"],
};
const other = {
  ...control,
  id: "EKS2",
  policy: "eks2-enable-secrets-encryption",
  severity: "medium",
};
const catalogue: Catalogue = new Map([control, other].map((each) => [each.policy, each]));
const violation = {
  policy: control.policy,
  level: "mandatory",
  severity: "high",
  urn,
  message: `EKS1: The endpoint is private.\naws:eks/cluster:Cluster "cluster": publicAccessCidrs is ["0.0.0.0/0"]: open\nRemedy: ${remedy}.\nRequired by: SOC 2 CC6.6; PCI DSS 1.3.1.`,
} as const;
const counts = { created: 3, updated: 0, replaced: 0, deleted: 0, unchanged: 1 };
const clean: StackReport = {
  stack: "local",
  status: "done",
  counts,
  violations: [],
  seconds: 1.25,
};
const refused: StackReport = {
  ...clean,
  stack: "local.aws-use1",
  status: "failed",
  violations: [violation],
};
const failure = new Failure(
  "program-failed",
  "stack x failed",
  "put it right",
  "line <1>\nline & 2",
);
const broken: StackReport = { ...clean, stack: "local.gcp-euw1", status: "failed", failure };
const finding = findingOf(catalogue, refused.stack, violation);

describe("a finding", () => {
  test("has control, resource, value, remedy and the requirements of the environment's frameworks, each once", () => {
    const text = findingText(finding, pico.createColors(false));
    assert.equal(
      text,
      [
        "EKS1 The endpoint is private (high, mandatory)",
        "  stack       local.aws-use1",
        "  resource    cluster (aws:eks/cluster:Cluster)",
        '  found       publicAccessCidrs is ["0.0.0.0/0"]: open',
        `  remedy      ${remedy}`,
        "  frameworks  SOC 2 CC6.6, PCI DSS 1.3.1",
      ].join("\n"),
    );
  });

  test("of a policy that is not in the catalogue is its own control", () => {
    const unknown = findingOf(catalogue, "s", { ...violation, policy: "fx1-x", message: "bad" });
    assert.equal(unknown.control.id, "FX1");
    assert.equal(unknown.found, "bad");
  });

  test("finds every control of this project's pack by its policy", async () => {
    const real = await loadCatalogue();
    assert.ok(real.size > 30);
    for (const [policy, { id, title, remedy: cure }] of real) {
      assert.ok(policy.startsWith(`${id.toLowerCase()}-`), policy);
      assert.ok(title.length > 10 && cure.length > 10, policy);
    }
  });
});

describe("the exit code", () => {
  const code = (reports: readonly StackReport[], findings = [] as (typeof finding)[]) =>
    exitCodeOf({ reports, findings });

  test("is 0 on success, also with advisory violations, 1 when a stack failed, 3 when a mandatory policy is violated", () => {
    assert.equal(code([clean]), 0);
    assert.equal(code([clean], [{ ...finding, level: "advisory" }]), 0);
    assert.equal(code([clean, broken]), 1);
    assert.equal(code([broken, refused], [finding]), 3);
  });

  test("is 2 when the user must fix the input, and a skipped stack does not change that", () => {
    const wrong = { ...broken, failure: new Failure("passphrase-wrong", "m", "c") };
    const skipped: StackReport = {
      ...broken,
      status: "skipped",
      failure: new Failure("deployment-failed", "m", "c"),
    };
    assert.equal(code([wrong, skipped]), 2);
  });
});

test("the table has a row per stack, and shows that the policies of a failed stack were not evaluated", () => {
  const [head, ...rows] = summaryTable([clean, refused, broken]).split("\n");
  assert.match(head ?? "", /^stack +result +changes +policies +seconds$/);
  assert.match(rows[0] ?? "", /^local +done +3 created, 1 same +passed +1\.3$/);
  assert.match(rows[1] ?? "", /^local\.aws-use1 +failed .* 1 violated /);
  assert.match(rows[2] ?? "", /^local\.gcp-euw1 +failed .* not judged /);
});

test("numbers in a table are right-aligned, and lines have no trailing spaces", () => {
  assert.deepEqual(
    table(
      ["name", "n"],
      [
        ["a", 1],
        ["long", 100],
      ],
    ).split("\n"),
    ["name    n", "a       1", "long  100"],
  );
});

test("a table that is wider than 80 columns wraps at words, the widest columns first", () => {
  const long = "many words that do not fit beside the others in one line of a terminal";
  const lines = table(["stack", "what", "n"], [["local.onprem-sel", long, 1]]).split("\n");
  assert.ok(
    lines.every((line) => line.length <= 80),
    lines.join("\n"),
  );
  assert.equal(lines.length, 3);
  assert.equal(
    lines.slice(1).join(" ").split(/ +/).join(" "),
    `local.onprem-sel ${long.slice(0, 59)} 1${long.slice(59)}`,
  );
});

test("a word that is longer than a line is not broken", () => {
  const word = "x".repeat(100);
  assert.ok(table(["a", "b"], [["c d", word]]).includes(word));
});

describe("SARIF", () => {
  const log = sarif(catalogue, [clean, refused, broken], [finding], (stack) => ({
    file: `stacks/config/Pulumi.${stack}.yaml`,
    line: 3,
  })) as {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string; help: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
        }[];
      }[];
      invocations: { executionSuccessful: boolean; toolExecutionNotifications: unknown[] }[];
    }[];
  };
  const run = log.runs[0]!;

  test("has every control as a rule with help, and a result at the config file of the stack", () => {
    assert.equal(log.version, "2.1.0");
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }) => id),
      ["EKS1", "EKS2"],
    );
    assert.ok(run.tool.driver.rules.every(({ help }) => help.text === remedy));
    const [result] = run.results;
    assert.equal(result?.ruleId, run.tool.driver.rules[result?.ruleIndex ?? -1]?.id);
    assert.equal(result?.level, "error");
    assert.match(result?.message.text ?? "", /0\.0\.0\.0\/0/);
    const { artifactLocation, region } = result!.locations[0]!.physicalLocation;
    assert.deepEqual(
      [artifactLocation.uri, region.startLine],
      ["stacks/config/Pulumi.local.aws-use1.yaml", 3],
    );
  });

  test("reports a failed preview as not successful", () => {
    assert.equal(run.invocations[0]?.executionSuccessful, false);
    assert.equal(run.invocations[0]?.toolExecutionNotifications.length, 1);
  });
});

describe("JUnit", () => {
  const xml = junit(catalogue, [clean, refused, broken], [finding]);

  test("has the right counts", () => {
    const count = (pattern: RegExp) => xml.match(pattern)?.length ?? 0;
    const of = (key: string) =>
      Number(new RegExp(`<testsuites[^>]* ${key}="(\\d+)"`).exec(xml)?.[1]);
    assert.equal(of("tests"), count(/<testcase /g));
    assert.equal(of("failures"), count(/<failure /g));
    assert.equal(of("errors"), count(/<error /g));
    assert.equal(of("skipped"), count(/<skipped /g));
    assert.deepEqual([of("tests"), of("failures"), of("errors"), of("skipped")], [9, 1, 1, 2]);
  });

  test("escapes markup, and omits characters that XML does not allow", () => {
    assert.match(xml, /line &lt;1&gt;&#10;line &amp; 2/);
    assert.equal(xmlText('a<b>&"\u0000\u001b\t\u{1F600}'), "a&lt;b&gt;&amp;&quot;\t\u{1F600}");
  });
});

test("JSON has the same as the text, and the failure's code and cure", () => {
  const json = asJson({
    asked: "local",
    operation: "up",
    reports: [refused, broken],
    findings: [finding],
    orphans: [{ stack: "local.old", resources: 7 }],
  }) as {
    exitCode: number;
    stacks: { error?: { code: string; cure: string } }[];
    orphans: { stack: string }[];
    violations: { control: string; found: string; remedy: string; requiredBy: string[] }[];
  };
  assert.equal(json.exitCode, 3);
  assert.deepEqual(json.orphans, [{ stack: "local.old", resources: 7 }]);
  assert.deepEqual(
    json.stacks.map(({ error }) => error?.code),
    [undefined, "program-failed"],
  );
  assert.deepEqual(
    json.violations.map(({ control: id, found, requiredBy }) => [id, found, requiredBy]),
    [["EKS1", 'publicAccessCidrs is ["0.0.0.0/0"]: open', ["SOC 2 CC6.6", "PCI DSS 1.3.1"]]],
  );
});

describe("failures of several stacks", () => {
  const wrong = (stack: string): StackReport => ({
    ...clean,
    stack,
    status: "failed",
    failure: new Failure(
      "passphrase-wrong",
      `the state of stack ${stack} is locked`,
      "cure",
      "words",
    ),
  });

  test("are reported once where they are the same, with the names of all stacks", () => {
    const shown = distinctFailures([wrong("p.a"), clean, wrong("p.b"), broken]);
    assert.deepEqual(
      shown.map(({ message }) => message),
      ["the state of stack p.a is locked; the same for p.b", "stack x failed"],
    );
  });

  test("omit skipped stacks", () => {
    const skipped: StackReport = { ...wrong("p.b"), status: "skipped" };
    assert.deepEqual(distinctFailures([wrong("p.a"), skipped]).length, 1);
  });
});
