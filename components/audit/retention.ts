import type { FrameworkId } from "../core/frameworks.ts";

/** How long a framework requires audit records to be kept. */
export interface RetentionDemand {
  readonly years: number;
  /** The provision, as an auditor cites it. */
  readonly source: string;
}

/**
 * The frameworks that name a period. The others leave it to the organisation: SOC 2 and the CIS benchmarks require records to
 * exist; GDPR (5.1.e) and CCPA (1798.100(a)(3)) require personal data in them to be kept no longer than needed.
 */
export const retentionDemands: Partial<Record<FrameworkId, RetentionDemand>> = {
  // "Retain audit log history for at least 12 months, with at least the most recent three months immediately available."
  "pci-dss-4": { years: 1, source: "PCI DSS 4.0.1, 10.5.1" },
  // Six years from the date of creation, for the documentation of actions, activities and assessments.
  hipaa: { years: 6, source: "45 CFR 164.316(b)(2)(i)" },
  // Seven years after the audit, for records relevant to it. Including system logs is the conservative reading.
  sox: { years: 7, source: "17 CFR 210.2-06(a)" },
};

/** The default without such a framework: long enough to investigate incidents and to compare seasons. */
const usualYears = 1;

/** How long an environment keeps its audit records, and why. */
export interface Retention {
  readonly days: number;
  /** The provisions that require this period; empty when none does. */
  readonly sources: readonly string[];
}

/** The longest period that any of these frameworks requires. */
export function retentionOf(frameworks: readonly FrameworkId[]): Retention {
  const demands = frameworks.flatMap((framework) => retentionDemands[framework] ?? []);
  const years = Math.max(usualYears, ...demands.map((demand) => demand.years));
  const sources = demands.filter((demand) => demand.years === years).map(({ source }) => source);
  return { days: daysIn(years), sources: [...new Set(sources)] };
}

/** The number of days in these years, leap days included. */
function daysIn(years: number): number {
  return Math.ceil(years * 365.25);
}
