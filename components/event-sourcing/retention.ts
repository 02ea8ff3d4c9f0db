import type { FrameworkId } from "../core/frameworks.ts";
import { type Duration, days } from "../core/units.ts";
import type { StreamProblem } from "../stream/topics.ts";
import type { Aggregate, Aggregates } from "./aggregate-schema.ts";
import { type Duty, duties } from "./duties.ts";

/** What is wrong with how long events are kept and how they go, given the frameworks that the environment claims. */
export function retentionProblems(
  aggregates: Aggregates,
  frameworks: readonly FrameworkId[],
): StreamProblem[] {
  const { archive, erasure } = duties(frameworks);
  return Object.entries(aggregates).flatMap(([name, aggregate]) => [
    ...evidenceProblems(name, aggregate, archive),
    ...erasureProblems(name, aggregate, erasure),
  ]);
}

/** Evidence is append-only and whole: compaction would take all but the last event of a key away. */
function evidenceProblems(
  name: string,
  { audit, cleanup, retention }: Aggregate,
  archive: Duty | undefined,
): StreamProblem[] {
  if (!audit) return [];
  const problems: StreamProblem[] = [];
  if (cleanup !== "delete") {
    problems.push({
      path: ["aggregates", name, "cleanup"],
      message: 'must be "delete" where audit is true: an append-only record cannot be compacted',
      got: cleanup,
    });
  }
  if (archive && retention !== "forever" && days(retention) < archive.days) {
    problems.push({
      path: ["aggregates", name, "retention"],
      message: `must be at least "${archive.days} days" where audit is true: ${archive.source}`,
      got: retention,
    });
  }
  return problems;
}

function erasureProblems(
  name: string,
  aggregate: Aggregate,
  deadline: Duty | undefined,
): StreamProblem[] {
  const { audit, cleanup, retention, personalData, deadLetterRetention } = aggregate;
  if (personalData === undefined) return [];
  const { erasure } = personalData;
  const wrong = (message: string): StreamProblem[] => [
    { path: ["aggregates", name, "personalData", "erasure"], message, got: erasure },
  ];
  if (erasure === "crypto-shredding") return [];
  if (audit) {
    return wrong(
      'must be "crypto-shredding" where audit is true: the events stay, so only a key can take the person out of them',
    );
  }
  if (erasure === "tombstones" && cleanup === "delete") {
    return wrong(
      'must be "crypto-shredding" or "expiry" while cleanup is "delete": a tombstone erases nothing there',
    );
  }
  if (deadline === undefined) return [];
  const late = (text: Duration | "forever") => text === "forever" || days(text) > deadline.days;
  const demand = `at most "${deadline.days} days"`;
  return [
    ...(erasure === "expiry" && late(retention)
      ? [
          {
            path: ["aggregates", name, "retention"],
            message: `must be ${demand} where erasure is "expiry" (${deadline.source}), or erasure must be "crypto-shredding"`,
            got: retention,
          },
        ]
      : []),
    ...(late(deadLetterRetention)
      ? [
          {
            path: ["aggregates", name, "deadLetterRetention"],
            message: `must be ${demand} unless erasure is "crypto-shredding" (${deadline.source})`,
            got: deadLetterRetention,
          },
        ]
      : []),
  ];
}
