// What tags are made of. Which types carry them is generated; that clouds take them is for the engine tests.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ownershipKeys, tagsOf, withOwnership } from "../../../components/core/tags.ts";
import { ownership } from "../../support/ownership.ts";

const tags = { "business-unit": "retail", owner: "nobody" };

test("free tags stand beside those of ownership and never replace them", () => {
  const { "business-unit": free, ...fixed } = tagsOf({ ...ownership, tags }, "cache");
  assert.equal(free, "retail");
  assert.deepEqual(fixed, tagsOf(ownership, "cache"));
});

test("free tags go where those of ownership go, by each cloud's own form", () => {
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

test("the keys of ownership are those that tags have", () => {
  const every = tagsOf({ ...ownership, tenant: "acme" }, "cache");
  assert.deepEqual(Object.keys(every), ownershipKeys);
});
