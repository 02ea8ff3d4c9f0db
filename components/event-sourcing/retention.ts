import type { FrameworkId } from "../core/frameworks.ts";
import { type Duration, days } from "../core/units.ts";
import type { StreamProblem } from "../stream/topics.ts";
import type { Aggregate, Aggregates } from "./aggregate-schema.ts";
import { type RetentionRequirement, retentionRequirements } from "./retention-requirements.ts";

/** Problems of the retention and erasure of events, for the frameworks of the environment. */
export function retentionProblems(
  aggregates: Aggregates,
  frameworks: readonly FrameworkId[],
): StreamProblem[] {
  const { archive, erasure } = retentionRequirements(frameworks);
  return Object.entries(aggregates).flatMap(([name, aggregate]) => [
    ...evidenceProblems(name, aggregate, archive),
    ...erasureProblems(name, aggregate, erasure),
  ]);
}

/** Evidence is append-only: compaction would delete all but the last event of a key. */
function evidenceProblems(
  name: string,
  { audit, cleanup, retention }: Aggregate,
  archive: RetentionRequirement | undefined,
): StreamProblem[] {
  if (!audit) return [];
  const problems: StreamProblem[] = [];
  if (cleanup !== "delete") {
    problems.push({
      path: ["aggregates", name, "cleanup"],
      message: 'must be "delete" when audit is true: an append-only log cannot be compacted',
      got: cleanup,
    });
  }
  if (archive && retention !== "forever" && days(retention) < archive.days) {
    problems.push({
      path: ["aggregates", name, "retention"],
      message: `must be at least "${archive.days} days" when audit is true: ${archive.source}`,
      got: retention,
    });
  }
  return problems;
}

function erasureProblems(
  name: string,
  aggregate: Aggregate,
  deadline: RetentionRequirement | undefined,
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
      'must be "crypto-shredding" when audit is true: events are kept, so only deleting a key can erase personal data',
    );
  }
  if (erasure === "tombstones" && cleanup === "delete") {
    return wrong(
      'must be "crypto-shredding" or "expiry" while cleanup is "delete": tombstones have no effect there',
    );
  }
  if (deadline === undefined) return [];
  const late = (text: Duration | "forever") => text === "forever" || days(text) > deadline.days;
  const limit = `at most "${deadline.days} days"`;
  return [
    ...(erasure === "expiry" && late(retention)
      ? [
          {
            path: ["aggregates", name, "retention"],
            message: `must be ${limit} when erasure is "expiry" (${deadline.source}), or erasure must be "crypto-shredding"`,
            got: retention,
          },
        ]
      : []),
    ...(late(deadLetterRetention)
      ? [
          {
            path: ["aggregates", name, "deadLetterRetention"],
            message: `must be ${limit} unless erasure is "crypto-shredding" (${deadline.source})`,
            got: deadLetterRetention,
          },
        ]
      : []),
  ];
}
