// Every setting of every section, of cells and of environments, is changed, and the resources before and after are planned with the
// embedded cloud. Not proven here: that real providers plan the same.
import { describe, test } from "node:test";
import { cellSettings } from "./cells.ts";
import { environmentSettings } from "./environment.ts";
import { judge } from "./judge.ts";
import { unplanned } from "./unplanned.ts";

process.env.PULUMI_CONFIG ??= JSON.stringify({
  "atoll:kubeconfig": "apiVersion: v1",
  "atoll:site-psk": "0123456789abcdef0123456789abcdef",
  "atoll:other-psk": "fedcba9876543210fedcba9876543210",
  "atoll:people-client-secret": "not-a-real-secret",
  "atoll:other-secret": "other",
});

// Before the first test starts: the runner follows every promise from then on, which doubles the time of an inventory.
const settings = { cell: await cellSettings(), environment: await environmentSettings() };

for (const [kind, all] of Object.entries(settings)) {
  describe(`a change of a setting of a ${kind} does what its entry says:`, () => {
    for (const setting of all) {
      test(setting.label, () => {
        judge(setting, unplanned.find(([pattern]) => pattern.test(setting.label))?.[1]);
      });
    }
  });
}
