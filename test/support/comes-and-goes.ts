import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import { staysAfterDestroy } from "../../components/core/kept.ts";
import { type Rig, rig } from "./engine.ts";

/**
 * Tests of a service on each supported cloud: it is created, a preview has no changes, and `destroy` deletes everything.
 *
 * @param programs each with an output `endpoint`
 * @param endpoints the pattern of that output
 */
export function comesAndGoes<On extends Cloud>(
  programs: Readonly<Record<On, PulumiFn>>,
  endpoints: Readonly<Record<On, RegExp>>,
): void {
  for (const cloud of clouds.filter((each): each is On => each in programs)) {
    describe(cloud, () => {
      let it: Rig;
      before(async () => {
        it = await rig();
      });
      after(() => it.stop());

      test("it is created, has no changes in a preview, and is deleted completely", async () => {
        const program = programs[cloud];
        const { outputs } = await it.up(program);
        assert.match(String(outputs.endpoint?.value), endpoints[cloud]);
        assert.deepEqual((await it.preview(program)).changes, {});
        await it.destroy(program);
        const { deployment } = await (await it.stack(program)).exportStack();
        assert.deepEqual(deployment.resources ?? [], []);
        const left = it.deployed().map(({ type }) => type);
        // The former cannot be deleted on a real cloud either.
        assert.deepEqual(
          left.filter((type) => !/^gcp:(kms|projects)/.test(type) && !staysAfterDestroy(type)),
          [],
        );
      });
    });
  }
}
