/** Failover steps for Cloud Storage. Pure. */
import { bucketName } from "../../components/object-store/bucket-name.ts";
import type { Command, FailoverLink, Play, Step } from "./runbook.ts";

export function gcsPlay({ from, to, bucket: key = "" }: FailoverLink): Play {
  const urlOf = (cell: string) =>
    `gs://${bucketName("gcp", { environment: from.environment, cell }, key, from.owner)}`;
  const here = urlOf(from.name);
  const there = urlOf(to.name);
  const project = `--project=${from.owner}`;
  const sync = (source: string, target: string, ...flags: string[]): Command => ({
    run: ["gcloud", "storage", "rsync", source, target, "--recursive", ...flags, project],
  });
  const reachable = (url: string): Command => ({
    run: ["gcloud", "storage", "buckets", "describe", url, "--format=value(location)", project],
  });
  const step = (id: string, title: string, rest: Pick<Step, "commands" | "verify">): Step => ({
    id: `${id}-bucket-${key}`,
    title,
    ...rest,
  });
  const copiedOut = sync(here, there);
  const copiedBack = sync(there, here);
  return {
    ready: step("see", `Verify that bucket "${key}" is replicated to ${to.name}`, {
      commands: [],
      verify: {
        commands: [sync(here, there, "--dry-run")],
        expect: "few objects are left to copy: those written in the last minutes",
      },
    }),
    lag: step("measure", `Verify that the copies of bucket "${key}" can be read`, {
      commands: [],
      verify: {
        commands: [reachable(there)],
        expect: "the region; Google does not report missing objects",
      },
    }),
    drained: step("drain", `Copy the remaining objects of bucket "${key}"`, {
      commands: [copiedOut],
      verify: { commands: [sync(here, there, "--dry-run")], expect: "nothing is left to copy" },
    }),
    takeOver: () =>
      step("switch", `Switch writers to the copy of bucket "${key}"`, {
        commands: [],
        verify: {
          commands: [reachable(there)],
          expect: `the region: workloads of ${to.name} use ${there}`,
        },
      }),
    comeBack: step("return", `Copy new objects of bucket "${key}" in ${to.name} back`, {
      commands: [copiedBack],
      verify: {
        commands: [sync(there, here, "--dry-run")],
        expect: "few objects are left to copy",
      },
    }),
    giveBack: step("switch-back", `Switch writers to bucket "${key}" of ${from.name}`, {
      commands: [copiedBack],
      verify: { commands: [sync(there, here, "--dry-run")], expect: "nothing is left to copy" },
    }),
  };
}
