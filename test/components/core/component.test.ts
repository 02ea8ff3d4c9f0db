// What reaches the engine under mocks; the engine tests prove protection and deletion.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as gcp from "@pulumi/gcp";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../../../components/core/component.ts";
import { withOwnership } from "../../../components/core/tags.ts";
import { inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";

class Sample extends BlueprintComponent {
  constructor(name: string, args: ComponentArgs, build: (self: Sample) => void) {
    super("sample", "Sample", name, args, { plain: true });
    build(this);
    this.registerOutputs({});
  }
  key = (key?: string) => this.named(key);
  kept = () => this.stateful();
  made = () => this.child();
}

const labels = {
  environment: "prod",
  cell: "aws-use1",
  component: "sample",
  owner: "platform",
  "cost-centre": "platform-1001",
  "data-class": "confidential",
};

const prefixed = Object.fromEntries(Object.entries(labels).map(([k, v]) => [`atoll.dev/${k}`, v]));

describe("a component", () => {
  test("names its children after itself and protects stateful ones", async () => {
    const resources = await inventory(
      () =>
        new Sample("s", { ownership }, (self) => {
          new k8s.core.v1.Namespace(self.key(), {}, self.kept());
          new k8s.core.v1.Namespace(self.key("b"), {}, self.made());
        }),
    );
    const type = "kubernetes:core/v1:Namespace";
    const [kept, made] = [only(resources, type, "s"), only(resources, type, "s-b")];
    assert.deepEqual([kept.parent, kept.protect, kept.retainOnDelete], ["s", true, true]);
    assert.deepEqual([made.parent, made.protect, made.retainOnDelete], ["s", false, false]);
    assert.deepEqual(only(resources, "atoll:sample:Sample").inputs, { plain: true });
  });

  test("protects nothing when `retain` is false", async () => {
    const resources = await inventory(
      () =>
        new Sample("s", { ownership, retain: false }, (self) => {
          new k8s.core.v1.Namespace(self.key(), {}, self.kept());
        }),
    );
    const { protect, retainOnDelete } = only(resources, "kubernetes:core/v1:Namespace");
    assert.deepEqual([protect, retainOnDelete], [false, false]);
  });

  test("rejects a child that is not named after it", async () => {
    await assert.rejects(
      inventory(
        () =>
          new Sample("s", { ownership }, (self) => {
            new k8s.core.v1.Namespace("other", {}, self.made());
          }),
      ),
      { code: "child-misnamed", message: /name it "s" or "s-<key>"/ },
    );
  });
});

describe("ownership", () => {
  test("is merged below labels that are known now, later, or by promise", async () => {
    const own = { owner: "data", extra: "1" };
    for (const given of [own, pulumi.output(own), Promise.resolve(own)]) {
      const resources = await inventory(
        () =>
          new Sample("s", { ownership }, (self) => {
            new gcp.compute.GlobalAddress(self.key(), { labels: given }, self.made());
            new k8s.core.v1.Namespace(self.key("n"), { metadata: { labels: given } }, self.made());
            new k8s.core.v1.Namespace(
              self.key("m"),
              { metadata: pulumi.output({ labels: own }) },
              self.made(),
            );
          }),
      );
      const address = only(resources, "gcp:compute/globalAddress:GlobalAddress");
      assert.deepEqual(address.inputs.labels, { ...labels, ...own });
      for (const name of ["s-n", "s-m"]) {
        const { metadata } = only(resources, "kubernetes:core/v1:Namespace", name).inputs;
        assert.deepEqual((metadata as { labels: unknown }).labels, { ...prefixed, ...own });
      }
    }
  });

  test("is not added to a type without tags", () => {
    const cases: [string, Record<string, unknown>][] = [
      ["aws:ec2/route:Route", { routeTableId: "rtb-1" }],
      ["kubernetes:helm.sh/v3:Release", { metadata: {} }],
      ["kubernetes:core/v1:NodePatch", { metadata: { name: "a" } }],
      ["gcp:compute/globalForwardingRule:GlobalForwardingRule", { target: "all-apis" }],
      ["pulumi:providers:aws", { region: "us-east-1" }],
    ];
    for (const [type, props] of cases) {
      assert.deepEqual(withOwnership(type, props, ownership, "sample"), props, type);
    }
  });
});
