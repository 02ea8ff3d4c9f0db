import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import { type Rig, rig } from "./engine.ts";

/**
 * What every service has to do on each cloud that it is for: come up, preview empty, and leave nothing when it is destroyed.
 *
 * @param programs each of which has an output `endpoint`
 * @param endpoints what that output looks like
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

      test("it comes up, previews empty and leaves nothing", async () => {
        const program = programs[cloud];
        const { outputs } = await it.up(program);
        assert.match(String(outputs.endpoint?.value), endpoints[cloud]);
        assert.deepEqual((await it.preview(program)).changes, {});
        await it.destroy(program);
        const { deployment } = await (await it.stack(program)).exportStack();
        assert.deepEqual(deployment.resources ?? [], []);
        const left = it.standing().map(({ type }) => type);
        // What cannot be deleted on a real cloud either.
        assert.deepEqual(
          left.filter((type) => !/^gcp:(kms|projects)/.test(type)),
          [],
        );
      });
    });
  }
}
