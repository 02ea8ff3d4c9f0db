// Real engine, with the cloud in a separate process that is killed. Proves that nothing acknowledged is lost and nothing created is
// orphaned; a power failure is not covered.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import type { FaultPlan } from "../../simulator/faults.ts";
import { type Rig, rig } from "../support/engine.ts";

let it: Rig;
let server: ChildProcess | undefined;
before(async () => {
  it = await rig();
});
afterEach(() => {
  server?.kill("SIGKILL");
});
after(() => it.stop());

const entry = path.join(import.meta.dirname, "../support/cloud-process.ts");

/** Serves the rig's state from another process, and returns a promise of its end. */
async function elsewhere(faults: FaultPlan): Promise<{ ended: Promise<unknown> }> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", entry, it.stateDir],
    {
      env: { ...process.env, ATOLL_FAULTS: JSON.stringify(faults) },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  server = child;
  const ended = once(child, "exit");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  it.attach(Number(line.toString()));
  return { ended: ended.then(([, signal]) => signal as unknown) };
}

const topics = (count: number) => async () => {
  const provider = new aws.Provider("use1", { region: "us-east-1" });
  let previous: aws.ec2.Vpc | undefined;
  for (let index = 0; index < count; index++) {
    const options = previous === undefined ? { provider } : { provider, dependsOn: [previous] };
    previous = new aws.ec2.Vpc(`vpc-${index}`, { cidrBlock: `10.${index}.0.0/16` }, options);
  }
};

test("kill -9 after a change and before the engine gets the answer loses and duplicates nothing", async () => {
  const { ended } = await elsewhere({ crashAtCall: { n: 3, when: "after" } });
  await it.failure(topics(4));
  assert.equal(await ended, "SIGKILL");
  const before = it.deployed();
  assert.deepEqual(
    before.map(({ name }) => name),
    ["vpc-0", "vpc-1", "vpc-2"],
  );
  assert.deepEqual(
    before.map(({ acknowledged }) => acknowledged),
    [false, false, false],
  );

  await it.restart();
  await it.up(topics(4));
  const after = it.deployed();
  assert.deepEqual(
    after.map(({ name }) => name),
    ["vpc-0", "vpc-1", "vpc-2", "vpc-3"],
  );
  assert.deepEqual(
    after.slice(0, 3).map(({ id }) => id),
    before.map(({ id }) => id),
  );
  assert.deepEqual((await it.preview(topics(4))).changes, {});
});

test("a resource whose answer was lost still exists, and the next up adopts it", async () => {
  await it.restart({ timeoutAfterWork: { match: "vpc-4" } });
  assert.match(await it.failure(topics(5)), /RequestTimeout/);
  const [lost] = it.deployed().filter(({ name }) => name === "vpc-4");
  await it.restart();
  assert.equal((await it.up(topics(5))).changes["vpc-4"], "create");
  assert.deepEqual(
    it
      .deployed()
      .filter(({ name }) => name === "vpc-4")
      .map(({ id }) => id),
    [lost?.id],
  );
});

test("a resource that is not ready is recorded with its error, and the next up continues with it", async () => {
  await it.destroy(topics(5));
  await it.restart({ partial: { match: "vpc-0", nth: 1 } });
  assert.match(await it.failure(topics(1)), /waiting for state to become 'ACTIVE'/);
  assert.equal((await it.up(topics(1))).changes["vpc-0"], "update");
  assert.equal(it.deployed().length, 1);
});
