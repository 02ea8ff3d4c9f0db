// The contents of tags. The taggable types are generated; the engine tests prove that clouds accept tags.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ownershipKeys, tagsOf, withOwnership } from "../../../components/core/tags.ts";
import { ownership } from "../../support/ownership.ts";

const tags = { "business-unit": "retail", owner: "nobody" };

test("free tags are added to ownership tags and never override them", () => {
  const { "business-unit": free, ...fixed } = tagsOf({ ...ownership, tags }, "cache");
  assert.equal(free, "retail");
  assert.deepEqual(fixed, tagsOf(ownership, "cache"));
});

test("free tags are set like ownership tags, in each cloud's form", () => {
  const of = (type: string, props: Record<string, unknown>) =>
    withOwnership(type, props, { ...ownership, tags }, "cache") as {
      tags?: Record<string, string>;
      labels?: Record<string, string>;
      metadata?: { labels: Record<string, string> };
    };
  assert.equal(of("aws:kms/key:Key", {}).tags?.["business-unit"], "retail");
  assert.equal(of("gcp:compute/address:Address", {}).labels?.["business-unit"], "retail");
  const { metadata } = of("kubernetes:core/v1:Namespace", { metadata: {} });
  assert.equal(metadata?.labels["atoll.dev/business-unit"], "retail");
});

test("the ownership keys are the keys of the tags", () => {
  const every = tagsOf({ ...ownership, tenant: "acme" }, "cache");
  assert.deepEqual(Object.keys(every), ownershipKeys);
});
