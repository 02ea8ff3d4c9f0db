/** What a failover asks of Cloud Storage. Pure. */
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
    ready: step("see", `See that bucket "${key}" is copied to ${to.name}`, {
      commands: [],
      verify: {
        commands: [sync(here, there, "--dry-run")],
        expect: "little is left to copy: what was written in the last minutes",
      },
    }),
    lag: step("measure", `See that the copies of bucket "${key}" can be read`, {
      commands: [],
      verify: {
        commands: [reachable(there)],
        expect: "the region; Google does not tell what is missing",
      },
    }),
    drained: step("drain", `Copy what bucket "${key}" still has alone`, {
      commands: [copiedOut],
      verify: { commands: [sync(here, there, "--dry-run")], expect: "nothing is left to copy" },
    }),
    takeOver: () =>
      step("switch", `Let writers use the copy of bucket "${key}"`, {
        commands: [],
        verify: {
          commands: [reachable(there)],
          expect: `the region: workloads of ${to.name} use ${there}`,
        },
      }),
    comeBack: step("return", `Copy what was written to bucket "${key}" in ${to.name} back`, {
      commands: [copiedBack],
      verify: { commands: [sync(there, here, "--dry-run")], expect: "little is left to copy" },
    }),
    giveBack: step("switch-back", `Let writers use bucket "${key}" of ${from.name}`, {
      commands: [copiedBack],
      verify: { commands: [sync(there, here, "--dry-run")], expect: "nothing is left to copy" },
    }),
  };
}
