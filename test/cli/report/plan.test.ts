// Constructed plans, as text and as Markdown. What these tests cannot prove: how GitHub renders the comment.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import pico from "picocolors";
import type { StackReport } from "../../../cli/engine/deploy.ts";
import type { Change } from "../../../cli/engine/events.ts";
import { Failure } from "../../../cli/failure.ts";
import { driftText } from "../../../cli/report/drift.ts";
import { lossText } from "../../../cli/report/loss.ts";
import { errorMarkdown, reportMarkdown } from "../../../cli/report/markdown.ts";
import { reportText } from "../../../cli/report/text.ts";
import { columns, wrapped } from "../../../cli/report/wrap.ts";
import { BlueprintError } from "../../../components/core/errors.ts";

const plain = pico.createColors(false);
const urnOf = (name: string) => `urn:pulumi:s::p::atoll:x:X$aws:rds/cluster:Cluster::${name}`;
const change = (op: Change["op"], name: string, more: Partial<Change> = {}): Change => ({
  op,
  urn: urnOf(name),
  properties: [],
  protected: false,
  inCloud: true,
  ...more,
});

/** A preview of a stack. */
function previewed(
  stack: string,
  changes: readonly Change[],
  more: { readonly drift?: object[]; readonly failure?: Failure } = {},
): StackReport {
  const count = (op: Change["op"]) => changes.filter((each) => each.op === op).length;
  const counts = {
    created: count("create"),
    updated: count("update"),
    replaced: count("replace"),
    deleted: count("delete"),
    unchanged: 3,
  };
  const progress = {
    counts,
    current: [],
    violations: [],
    diagnostics: [],
    printed: [],
    changes,
    drift: more.drift ?? [],
  };
  return {
    stack,
    status: more.failure ? "failed" : "done",
    counts,
    violations: [],
    seconds: 1,
    ...(more.failure ? { failure: more.failure } : {}),
    result: {
      stack,
      operation: "preview",
      succeeded: true,
      seconds: 1,
      ended: { code: 0, signal: null, stdout: "", stderr: "" },
      progress,
    } as StackReport["result"] & object,
  };
}

const reports = [
  previewed("prod", [change("delete", "b"), change("create", "n"), change("delete", "a")]),
  previewed("prod.aws-use1", [
    change("replace", "database", { protected: true, properties: ["masterUsername"] }),
    change("delete", "component", { inCloud: false }),
  ]),
];

describe("the list of replaced and deleted resources", () => {
  test("has protected resources first, then stateful ones, then is sorted by stack and name", () => {
    const rule = "urn:pulumi:s::p::atoll:x:X$aws:ec2/route:Route::a-route";
    const ephemeral = previewed("dev", [
      change("delete", "", { urn: rule }),
      change("delete", "z"),
    ]);
    assert.deepEqual(lossText([ephemeral, ...reports], plain).split("\n"), [
      "Replaced or deleted, stateful resources first:",
      "  prod.aws-use1: replace Cluster database (protected), for masterUsername",
      "  dev: delete Cluster z (stateful)",
      "  prod: delete Cluster a (stateful)",
      "  prod: delete Cluster b (stateful)",
      "  dev: delete Route a-route",
    ]);
  });

  test("is omitted for a destroy, which deletes everything", () => {
    const deleted = previewed("prod", [change("delete", "a")]);
    const result = { ...(deleted.result as object), operation: "destroy" } as never;
    assert.equal(lossText([{ ...deleted, result }], plain), "");
  });

  test("is omitted where it is empty", () => {
    assert.equal(lossText([previewed("prod", [change("update", "x")])], plain), "");
    assert.match(
      reportText({ reports: [previewed("prod", [])], findings: [], orphans: [] }, plain),
      /^stack/,
    );
  });
});

const drift = [
  { urn: urnOf("z"), kind: "gone", differences: [] },
  {
    urn: urnOf("a"),
    kind: "changed",
    differences: [
      { property: "tags.owner", was: "us", is: "them" },
      { property: "tags.more", is: "x" },
      { property: "port", was: 80 },
    ],
  },
];

test("drift is shown by resource and property, with both values", () => {
  assert.deepEqual(driftText([previewed("prod", [], { drift })], plain).split("\n"), [
    "Changed outside of Pulumi:",
    "  prod: Cluster a",
    '    tags.owner: "them" instead of "us"',
    '    tags.more: "x", added',
    "    port: removed, was 80",
    "  prod: Cluster z no longer exists",
  ]);
  assert.equal(driftText(reports, plain), "");
});

test("long text wraps at words, with a hanging indent", () => {
  const lines = wrapped("word ".repeat(40).trim(), 2).split("\n");
  assert.ok(lines.every((line) => line.length <= columns));
  assert.match(lines[0] ?? "", /^ {2}word/);
  assert.match(lines[1] ?? "", /^ {4}word/);
  assert.equal(wrapped("x".repeat(100), 2), `  ${"x".repeat(100)}`);
});

describe("a comment for a pull request", () => {
  const markdown = (more: readonly StackReport[] = reports) =>
    reportMarkdown({
      asked: "prod",
      operation: "preview",
      reports: more,
      findings: [],
      orphans: [],
    });

  test("starts with a marker by which it is found, and has a row per stack", () => {
    const lines = markdown().split("\n");
    assert.equal(lines[0], "<!-- atoll preview prod -->");
    assert.ok(lines.includes("| `prod` | planned | 1 to create, 2 to delete, 3 same | passed |"));
    assert.ok(
      lines.includes("| `prod.aws-use1` | planned | 1 to replace, 1 to delete, 3 same | passed |"),
    );
  });

  test("names replaced and deleted resources, and folds the list of all changes of a stack", () => {
    const text = markdown();
    assert.ok(
      text.includes(
        "| `prod.aws-use1` | **replace** | `database` (`aws:rds/cluster:Cluster`) | protected | `masterUsername` |",
      ),
      text,
    );
    assert.match(text, /<details><summary>prod: 1 to create, 2 to delete, 3 same<\/summary>/);
    assert.doesNotMatch(text, /`component`/);
  });

  test("shows drift, and failures with their cure and details", () => {
    const failure = new Failure(
      "deployment-failed",
      "the preview failed",
      "put it right",
      "```\nx",
    );
    const text = markdown([previewed("prod", [], { drift, failure })]);
    assert.match(text, /`tags\.owner: "them" instead of "us"`<br>/);
    assert.match(
      text,
      /\*\*Failed\*\* \(`deployment-failed`\): the preview failed\n\nCure: put it right/,
    );
    assert.match(text, /````text\n```\nx\n````/);
  });

  test("escapes characters that end a cell, markup and mentions", () => {
    const text = markdown([
      previewed("prod", [change("update", "a|b`c", { properties: ["x|y"] })], {
        failure: new Failure("deployment-failed", "<b>@all</b>", "c"),
      }),
    ]);
    assert.match(text, /\| update \| `a\\\|b'c` .* \| `x\\\|y` \|/);
    assert.match(text, /\\<b\\>@\u200ball\\</);
  });

  test("stays below GitHub's limit for any number of changes, and says how many it omits", () => {
    const many = Array.from({ length: 2000 }, (_, index) => change("create", `resource-${index}`));
    const text = markdown(["prod", "prod.a", "prod.b"].map((stack) => previewed(stack, many)));
    assert.ok(text.length < 65_536, `${text.length}`);
    assert.match(text, /and 1800 more/);
  });

  test("lists the problems of manifests that cannot be previewed", () => {
    const error = new BlueprintError("footprint-invalid", 'environment "prod" cannot be used:', [
      { path: "Pulumi.prod.yaml: owner", message: "must be a string", got: 7 },
    ]);
    const lines = errorMarkdown("prod", error).split("\n");
    assert.ok(
      lines.includes('**Failed** (`footprint-invalid`): environment "prod" cannot be used:'),
    );
    assert.ok(
      lines.includes("- Pulumi.prod.yaml: owner: must be a string (got 7)"),
      lines.join("\n"),
    );
  });
});
