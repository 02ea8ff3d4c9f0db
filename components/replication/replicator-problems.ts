/** Whether one MSK Replicator can replicate a stream. Pure. */
import type { Problem } from "../core/errors.ts";
import { replicatorFits, replicatorLimits } from "./aws-replicator-policy.ts";
import type { ReplicatedCell } from "./plan.ts";

/** Topics and consumer groups that exceed the limits of the replicator, or of the policies of its role. */
export function replicatorProblems({ file, cloud, stream }: ReplicatedCell): Problem[] {
  if (cloud !== "aws" || stream === undefined) return [];
  const { groups = [] } = stream;
  const topics = Object.keys(stream.topics);
  const path = `${file}: stream.replicateTo`;
  const { topics: mostTopics, groups: mostGroups } = replicatorLimits;
  const tooMany = (["topics", "groups"] as const).flatMap((kind) => {
    const [count, most] =
      kind === "topics" ? [topics.length, mostTopics] : [groups.length, mostGroups];
    if (count <= most) return [];
    const what = kind === "topics" ? "topics" : "consumer groups";
    const message = `must have at most ${most} ${what} to replicate, the maximum of one MSK Replicator; declare the others in a further stream of \`streams\`, which is not replicated`;
    return [{ path, message, got: count }];
  });
  if (tooMany.length > 0 || replicatorFits({ topics, groups })) return tooMany;
  const fits = topics.findLastIndex((_, last) =>
    replicatorFits({ topics: topics.slice(0, last + 1), groups }),
  );
  return [
    {
      path,
      message: `must have fewer topics or shorter names: the first ${fits + 1} topics fill the policies that the role of MSK Replicator can have`,
      got: topics.length,
    },
  ];
}
