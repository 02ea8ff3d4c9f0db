import type { FrameworkId } from "../core/frameworks.ts";

/** A number of days that a framework requires, with its source. */
export interface RetentionRequirement {
  readonly days: number;
  readonly framework: FrameworkId;
  readonly source: string;
}

/** Minimum retention of evidence. */
const archives: readonly RetentionRequirement[] = [
  { framework: "pci-dss-4", days: 365, source: "PCI DSS 4.0 requirement 10.5.1: twelve months" },
  { framework: "hipaa", days: 2192, source: "45 CFR 164.316(b)(2)(i): six years" },
  { framework: "sox", days: 2557, source: "17 CFR 210.2-06: seven years" },
];

/** Maximum time to erase personal data on request. */
const erasures: readonly RetentionRequirement[] = [
  { framework: "gdpr", days: 30, source: "GDPR articles 12(3) and 17: one month" },
  { framework: "ccpa", days: 45, source: "Cal. Civ. Code 1798.130(a)(2)(A): 45 days" },
];

/** The retention requirements of an environment's frameworks: the longest archive, the earliest erasure. */
export function retentionRequirements(frameworks: readonly FrameworkId[]): {
  readonly archive?: RetentionRequirement;
  readonly erasure?: RetentionRequirement;
} {
  const claimed = (all: readonly RetentionRequirement[]) =>
    all.filter(({ framework }) => frameworks.includes(framework));
  const archive = claimed(archives).reduce(longest, undefined);
  const erasure = claimed(erasures).reduce(earliest, undefined);
  return { ...(archive ? { archive } : {}), ...(erasure ? { erasure } : {}) };
}

function longest(
  best: RetentionRequirement | undefined,
  next: RetentionRequirement,
): RetentionRequirement {
  return best === undefined || next.days > best.days ? next : best;
}

function earliest(
  best: RetentionRequirement | undefined,
  next: RetentionRequirement,
): RetentionRequirement {
  return best === undefined || next.days < best.days ? next : best;
}
