// What the healer does without a person, on objects as the operator writes them. It cannot prove that the operator tries again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  healedAnnotation,
  isLeft,
  planHealing,
  type StackObject,
} from "../../../cli/fleet/heal/plan.ts";

const lock = (...hosts: string[]) =>
  `error: the stack is currently locked by ${hosts.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n${hosts
    .map((host) => `  s3://states/x.json: created by node@${host} (pid 33) at 2026-12-01T10:00:00Z`)
    .join("\n")}`;

const stack = (
  message = "failed",
  more: Partial<NonNullable<StackObject["status"]>> = {},
): StackObject => ({
  metadata: { name: "prod-acme" },
  spec: { stack: "prod.acme" },
  status: { lastUpdate: { name: "prod-acme-1", state: "failed", message }, ...more },
});
const nothing = { unlock: false, clear: false, unknown: [], retry: false, free: false };

describe("a stack is left", () => {
  test("after a failed update, while none runs", () => {
    assert.equal(isLeft(stack(), []), true);
    assert.equal(isLeft(stack("", { lastUpdate: { state: "succeeded" } }), []), false);
    assert.equal(isLeft(stack("", { currentUpdate: {} }), []), false);
    const running = { spec: { stackName: "prod.acme" }, status: { conditions: [] } };
    const ended = {
      spec: { stackName: "prod.acme" },
      status: { conditions: [{ type: "Complete", status: "True" }] },
    };
    assert.equal(isLeft(stack(), [running]), false);
    assert.equal(isLeft(stack(), [ended]), true);
    assert.equal(isLeft(stack(), [{ spec: { stackName: "prod.birch" } }]), true);
  });

  test("not while it is deleted, and not where it is only previewed", () => {
    const { metadata, spec, ...rest } = stack();
    const deleted = { ...metadata, deletionTimestamp: "2026-12-01T10:00:00Z" };
    assert.equal(isLeft({ ...rest, spec, metadata: deleted }, []), false);
    assert.equal(isLeft({ ...rest, metadata, spec: { ...spec, preview: true } }, []), false);
  });
});

describe("healing", () => {
  test("deletes the lock of the stack's own workspace, and tries again", () => {
    const healing = planHealing(stack(lock("prod-acme-workspace-0")), []);
    assert.deepEqual(healing, { ...nothing, unlock: true, retry: true });
  });

  test("never deletes the lock of a person, of a pipeline or of another stack", () => {
    for (const hosts of [
      ["laptop"],
      ["prod-acme-workspace-0", "laptop"],
      ["prod-birch-workspace-0"],
    ])
      assert.deepEqual(planHealing(stack(lock(...hosts)), []), nothing, hosts.join());
    assert.deepEqual(
      planHealing(stack("created by node@prod-acme-workspace-0 (pid 1)"), []),
      nothing,
    );
  });

  test("drops operations that can be repeated, but no creation of unknown outcome", () => {
    const updating = { type: "updating", urn: "urn:a" };
    const creating = { type: "creating", urn: "urn:b" };
    assert.deepEqual(planHealing(stack(), [updating]), { ...nothing, clear: true, retry: true });
    const own = lock("prod-acme-workspace-0");
    assert.deepEqual(planHealing(stack(own), [updating, creating]), {
      ...nothing,
      unknown: ["urn:b"],
    });
  });

  test("does not repeat a genuine error, and takes its workspace away when the operator gave up", () => {
    const stalled = { conditions: [{ type: "Stalled", status: "True" }] };
    assert.deepEqual(planHealing(stack("quota exceeded"), []), nothing);
    assert.deepEqual(planHealing(stack("quota exceeded", stalled), []), { ...nothing, free: true });
  });

  test("ends after three times", () => {
    const again = stack(lock("prod-acme-workspace-0"));
    const healed = (count: number) =>
      planHealing(
        {
          ...again,
          metadata: { name: "prod-acme", annotations: { [healedAnnotation]: String(count) } },
        },
        [],
      );
    assert.equal(healed(2).retry, true);
    assert.deepEqual(healed(3), nothing);
  });
});
