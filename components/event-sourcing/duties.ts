import type { FrameworkId } from "../core/frameworks.ts";

/** A number of days that a framework demands, with where it says so. */
export interface Duty {
  readonly days: number;
  readonly framework: FrameworkId;
  readonly source: string;
}

/** What is evidence must be kept at least so long. */
const archives: readonly Duty[] = [
  { framework: "pci-dss-4", days: 365, source: "PCI DSS 4.0 requirement 10.5.1: twelve months" },
  { framework: "hipaa", days: 2192, source: "45 CFR 164.316(b)(2)(i): six years" },
  { framework: "sox", days: 2557, source: "17 CFR 210.2-06: seven years" },
];

/** What a person asks to be erased must be gone after so long at most. */
const erasures: readonly Duty[] = [
  { framework: "gdpr", days: 30, source: "GDPR articles 12(3) and 17: one month" },
  { framework: "ccpa", days: 45, source: "Cal. Civ. Code 1798.130(a)(2)(A): 45 days" },
];

/** What the frameworks of an environment demand of events: the longest archive, the soonest erasure. */
export function duties(frameworks: readonly FrameworkId[]): {
  readonly archive?: Duty;
  readonly erasure?: Duty;
} {
  const claimed = (all: readonly Duty[]) =>
    all.filter(({ framework }) => frameworks.includes(framework));
  const archive = claimed(archives).reduce(longer, undefined);
  const erasure = claimed(erasures).reduce(sooner, undefined);
  return { ...(archive ? { archive } : {}), ...(erasure ? { erasure } : {}) };
}

function longer(best: Duty | undefined, next: Duty): Duty {
  return best === undefined || next.days > best.days ? next : best;
}

function sooner(best: Duty | undefined, next: Duty): Duty {
  return best === undefined || next.days < best.days ? next : best;
}
