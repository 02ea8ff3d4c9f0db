// What these tests cannot prove: that AWS allows the roles to be assumed; see docs/rehearsal.md.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { Atoll, changes, of, type RunJson } from "./atoll.ts";

const accounts = { "aws-use1": "111122223333", "aws-use2": "444455556666" };
const stacks = ["local", ...Object.keys(accounts).map((cell) => `local.${cell}`)];

const roleOf = (account: string) => `arn:aws:iam::${account}:role/deploy`;

describe("a footprint in two accounts", () => {
  const atoll = new Atoll();
  let first: RunJson;
  before(async () => {
    const file = (stack: string) => path.join(atoll.configDir, `Pulumi.${stack}.yaml`);
    rmSync(file("local.gcp-euw1"));
    rmSync(file("local.onprem-sel"));
    atoll.withoutServices("local");
    atoll.edit("local", (manifest) => {
      delete manifest.budget;
      delete manifest.deployers;
    });
    atoll.withoutServices("local.aws-use1");
    cpSync(file("local.aws-use1"), file("local.aws-use2"));
    atoll.edit("local.aws-use2", (manifest) => {
      Object.assign(manifest, { account: "444455556666", cidr: "10.44.0.0/16" });
    });
    for (const [cell, account] of Object.entries(accounts)) {
      atoll.edit(`local.${cell}`, (manifest) => {
        const { access } = manifest.cluster as { access: Record<string, unknown> };
        access.deploy = { principalArn: roleOf(account), policy: "cluster-admin" };
      });
    }
    first = await atoll.json(["up", "local"]);
  });
  after(() => atoll.remove());

  test("is deployed to both as the identity that runs it", () => {
    for (const stack of stacks) assert.equal(of(first, stack).status, "done", stack);
    const there = atoll.deployed().filter(({ place }) => place.includes("444455556666"));
    assert.ok(there.length > 50, `${there.length} resources in the second account`);
    for (const { inputs } of providers(atoll, "aws")) assert.equal(inputs.assumeRoles, undefined);
  });

  test("updates its providers in place when roles are added, and changes no other resource", async () => {
    atoll.edit("local", (manifest) => {
      manifest.credentials = {
        accounts: Object.fromEntries(
          Object.values(accounts).map((account) => [
            account,
            { assumeRole: { roleArn: roleOf(account), externalId: `acme-${account}` } },
          ]),
        ),
      };
    });
    const run = await atoll.json(["up", "local"]);
    for (const stack of stacks) {
      assert.deepEqual(changes(run, stack), {}, stack);
      const { replaced, deleted, created } = of(run, stack);
      assert.deepEqual({ replaced, deleted, created }, { replaced: 0, deleted: 0, created: 0 });
    }
    const made = providers(atoll, "aws");
    assert.equal(made.length, 4);
    for (const { inputs } of made) {
      const [account] = JSON.parse(String(inputs.allowedAccountIds)) as [string];
      assert.deepEqual(JSON.parse(String(inputs.assumeRoles)), [
        { externalId: `acme-${account}`, roleArn: roleOf(account) },
      ]);
    }
  });

  test("changes nothing after that", async () => {
    const run = await atoll.json(["preview", "local"]);
    for (const stack of stacks) assert.equal(of(run, stack).updated, 0, stack);
  });
});

interface State {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The providers of a package in the states of all stacks. */
function providers(atoll: Atoll, name: string): State[] {
  return stacks.flatMap((stack) => {
    const file = path.join(atoll.rehearsal(), "state/.pulumi/stacks/atoll", `${stack}.json`);
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8"));
    const resources: State[] = checkpoint.latest.resources;
    return resources.filter(({ type }) => type === `pulumi:providers:${name}`);
  });
}
