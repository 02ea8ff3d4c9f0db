// Adjustments under mocks; test/e2e proves with hooks that policies and clouds see them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type Adjustments, adjust, adjustObject } from "../../../components/core/adjust.ts";
import { BlueprintComponent, type ComponentArgs } from "../../../components/core/component.ts";
import { StackHooks } from "../../../components/core/hooks.ts";
import { inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

class Inner extends BlueprintComponent {
  constructor(name: string, args: ComponentArgs, opts: pulumi.ComponentResourceOptions) {
    super("sample", "Inner", name, args, {}, opts);
    new aws.sqs.Queue(this.named(), { name: "inner", delaySeconds: 1 }, this.child());
    new aws.sqs.QueuePolicy(this.named(), { queueUrl: "q", policy: "{}" }, this.child());
    this.registerOutputs({});
  }
}

class Outer extends BlueprintComponent {
  constructor(name: string, args: ComponentArgs) {
    super("sample", "Outer", name, args, {});
    const bucket = { bucket: "acme", forceDestroy: false };
    new aws.s3.Bucket(this.named(), bucket, this.stateful());
    new aws.s3.Bucket(this.named("main"), { bucket: "keyed-main" }, this.stateful());
    new k8s.apiextensions.CustomResource(
      this.named("object"),
      { apiVersion: "a/v1", kind: "Thing", metadata: { name: "n" }, spec: { size: 1 } },
      this.child(),
    );
    new Inner(this.named("inner"), args, this.child());
    this.registerOutputs({});
  }
}

const built = (adjustments: Adjustments) =>
  inventory(() => new Outer("o", { ownership, adjust: adjustments }));

const delayed = adjust(aws.sqs.Queue, (args) => ({ ...args, delaySeconds: 9 }));
const accelerated = adjust(aws.s3.Bucket, (args) => ({ ...args, accelerationStatus: "Enabled" }));
const bucketType = "aws:s3/bucket:Bucket";

describe("an adjustment", () => {
  test("changes the main child alone, which keeps its protection and its tags", async () => {
    const all = await built({ main: accelerated });
    const bucket = only(all, bucketType, "o");
    assert.equal(bucket.inputs.accelerationStatus, "Enabled");
    assert.equal((bucket.inputs.tags as Record<string, string>).component, "sample");
    assert.deepEqual([bucket.protect, bucket.retainOnDelete], [true, true]);
    assert.equal(only(all, bucketType, "o-main").inputs.accelerationStatus, undefined);
  });

  test('matches a child with the key "main" by its full name', async () => {
    const all = await built({ "o-main": accelerated });
    assert.equal(only(all, bucketType, "o-main").inputs.accelerationStatus, "Enabled");
    assert.equal(only(all, bucketType, "o").inputs.accelerationStatus, undefined);
  });

  test("matches children of nested components, distinguished by kind, and is applied once", async () => {
    const all = await built({ inner: delayed });
    assert.equal(only(all, "aws:sqs/queue:Queue").inputs.delaySeconds, 9);
    assert.equal(only(all, "aws:sqs/queuePolicy:QueuePolicy").inputs.delaySeconds, undefined);
  });

  test("matches several children by a pattern, and a child by several adjustments in order", async () => {
    const more = adjust(aws.sqs.Queue, ({ delaySeconds, ...rest }) => ({
      ...rest,
      delaySeconds: 9,
      maxMessageSize: delaySeconds === 9 ? 2048 : 1024,
    }));
    const all = await built({ "inn*": [delayed, more] });
    assert.equal(only(all, "aws:sqs/queue:Queue").inputs.maxMessageSize, 2048);
  });

  test("changes Kubernetes objects that the SDK has no class for", async () => {
    const grown = adjustObject("a/v1", "Thing", (thing) => ({
      ...thing,
      spec: { ...thing.spec, size: 2 },
    }));
    const all = await built({ object: grown });
    assert.deepEqual(only(all, "kubernetes:a/v1:Thing").inputs.spec, { size: 2 });
  });

  const refused: [string, Adjustments, RegExp][] = [
    [
      "a child that is not there",
      { innner: delayed },
      /innner: no such child, did you mean "inner"\?/,
    ],
    [
      "a child of another kind",
      { main: delayed },
      /main: must adjust aws:s3\/bucket:Bucket, not Queue/,
    ],
    [
      "another name",
      { main: adjust(aws.s3.Bucket, (args) => ({ ...args, bucket: "mine" })) },
      /main: must not change bucket: the blueprint controls names, locations and protection/,
    ],
    [
      "less protection",
      { main: adjust(aws.s3.Bucket, (args) => ({ ...args, forceDestroy: true })) },
      /main: must not change forceDestroy/,
    ],
    [
      "another name of an object",
      { object: adjustObject("a/v1", "Thing", (it) => ({ ...it, metadata: { name: "m" } })) },
      /object: must not change metadata\.name/,
    ],
  ];
  for (const [what, adjustments, message] of refused) {
    test(`is rejected for ${what}`, async () => {
      await inventory(() => {
        assert.throws(() => new Outer("o", { ownership, adjust: adjustments }), {
          code: "adjust-invalid",
          message,
        });
      });
    });
  }
});

describe("hooks of a stack", () => {
  const withHooks = (hooks: Record<string, Adjustments>) => {
    const made = new StackHooks(hooks);
    return inventory(() => {
      new Outer("o", { ownership, hooks: made });
      made.finish("./hooks.ts");
    });
  };

  test("apply to the component with their name, together with its own adjustments", async () => {
    const hooks = new StackHooks({ o: { inner: delayed } });
    const all = await inventory(
      () => new Outer("o", { ownership, hooks, adjust: { main: accelerated } }),
    );
    assert.equal(only(all, "aws:sqs/queue:Queue").inputs.delaySeconds, 9);
    assert.equal(only(all, bucketType, "o").inputs.accelerationStatus, "Enabled");
  });

  test("are rejected for a component that the stack does not have", async () => {
    await assert.rejects(withHooks({ p: { inner: delayed } }), {
      code: "adjust-invalid",
      message: /\.\/hooks\.ts: p: no such component in the stack, did you mean "o"\?/,
    });
  });
});
