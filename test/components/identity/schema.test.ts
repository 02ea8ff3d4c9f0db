// Rejected settings. Does not prove that stacks pass the declared resources of a cell.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { awsIdentitySpec } from "../../../components/identity/aws-schema.ts";
import { gcpIdentitySpec } from "../../../components/identity/gcp-schema.ts";
import { awsArgs, awsWorkloads, gcpArgs } from "./fixture.ts";

function said(schema: typeof awsIdentitySpec | typeof gcpIdentitySpec, spec: unknown): string {
  const { problems } = checkSpec(schema, spec, "identity");
  return problems.map(({ path, message }) => `${path}: ${message}`).join("\n");
}

const [bucket] = awsWorkloads.checkout.grants;

function onAws(grant: object, workload: object = {}): unknown {
  const billing = { ...awsWorkloads.billing, ...workload, grants: [grant] };
  return awsArgs({ workloads: { billing } }).spec;
}

function onGcp(workload: object): unknown {
  const images = { namespace: "shop", serviceAccount: "images", ...workload };
  return gcpArgs({ workloads: { images } }).spec;
}

describe("on AWS", () => {
  test("what the fixtures say is accepted", () => {
    assert.equal(said(awsIdentitySpec, awsArgs().spec), "");
  });

  for (const [what, spec, message] of [
    ["a wildcard", onAws({ ...bucket, name: "*" }), /grants\[0\]\.name: must name one resource/],
    ["a wildcard in a folder", onAws({ ...bucket, prefix: "*/" }), /prefix: must be a folder/],
    [
      "a namespace with a wildcard",
      onAws(bucket, { namespace: "*" }),
      /namespace: must be one name of .* without wildcards/,
    ],
    [
      "a resource that is not declared",
      onAws({ ...bucket, name: "uplaods" }),
      /grants\[0\]\.name: must be a bucket that the cell declares, did you mean "uploads"\?/,
    ],
    [
      "a verb of another kind",
      onAws({ ...bucket, may: ["consume"] }),
      /may\[0\]: must be one of "read", "write", "delete"/,
    ],
    ["a verb twice", onAws({ ...bucket, may: ["read", "read"] }), /must not list a verb twice/],
    ["no verb at all", onAws({ ...bucket, may: [] }), /may: must have at least 1 entry/],
    ["a kind that there is not", onAws({ ...bucket, kind: "volume" }), /kind: must be one of/],
    [
      "every user of a database",
      onAws({ kind: "database", name: "main", may: ["connect"], user: "*" }),
      /user: must be one user/,
    ],
    [
      "a service account of two workloads",
      awsArgs({ workloads: { ...awsWorkloads, other: awsWorkloads.billing } }).spec,
      /workloads\.other\.serviceAccount: must not be used by "billing" too/,
    ],
    [
      "the same folder twice",
      awsArgs({
        workloads: {
          billing: { ...awsWorkloads.billing, grants: [bucket, { ...bucket, may: ["read"] }] },
        },
      }).spec,
      /billing\.grants\[1\]: must not be granted twice/,
    ],
    [
      "an account of Google",
      onAws(bucket, { account: true }),
      /workloads\.billing\.account: unknown field/,
    ],
  ] as const) {
    test(`${what} is rejected`, () => assert.match(said(awsIdentitySpec, spec), message));
  }
});

describe("on GCP", () => {
  test("what the fixtures say is accepted", () => {
    assert.equal(said(gcpIdentitySpec, gcpArgs().spec), "");
  });

  for (const [what, spec, message] of [
    [
      "a database without an account",
      onGcp({ grants: [{ kind: "database", name: "main", may: ["connect"] }] }),
      /account: is required: must be true: a database supports only workloads with a service account/,
    ],
    [
      "taking away without reading",
      onGcp({ grants: [{ kind: "bucket", name: "uploads", may: ["delete"] }] }),
      /may: must include read and write with delete/,
    ],
    [
      "a topic",
      onGcp({ grants: [{ kind: "topic", name: "orders.events", may: ["consume"] }] }),
      /kind: must not be a topic on GCP: set `account: true`/,
    ],
    ["nothing to do", onGcp({ grants: [] }), /grants: must have at least 1 entry, unless/],
    [
      "what the cell does not declare",
      onGcp({ grants: [{ kind: "bucket", name: "logs", may: ["read"] }] }),
      /must be a bucket that the cell declares; known are uploads/,
    ],
  ] as const) {
    test(`${what} is rejected`, () => assert.match(said(gcpIdentitySpec, spec), message));
  }

  test("an account that others grant to needs no grants of its own", () => {
    assert.equal(said(gcpIdentitySpec, onGcp({ account: true })), "");
  });
});
