import type { FrameworkId } from "../core/frameworks.ts";

/** What a framework says about how long audit records are kept. */
export interface RetentionDemand {
  readonly years: number;
  /** The provision, as an auditor cites it. */
  readonly source: string;
}

/**
 * The frameworks that name a period. The others leave it to the organisation: SOC 2 and the benchmarks of CIS ask that there are
 * records, GDPR (5.1.e) and CCPA (1798.100(a)(3)) that personal data in them is kept no longer than needed.
 */
export const retentionDemands: Partial<Record<FrameworkId, RetentionDemand>> = {
  // "Retain audit log history for at least 12 months, with at least the most recent three months immediately available."
  "pci-dss-4": { years: 1, source: "PCI DSS 4.0.1, 10.5.1" },
  // Six years from the date of creation, for the documentation of actions, activities and assessments.
  hipaa: { years: 6, source: "45 CFR 164.316(b)(2)(i)" },
  // Seven years after the audit, for records relevant to it; that system logs are among them is a reading on the safe side.
  sox: { years: 7, source: "17 CFR 210.2-06(a)" },
};

/** What an environment without such a framework keeps: what incidents are usually found within, and a full comparison by season. */
const usualYears = 1;

/** How long an environment keeps its audit records, and because of what. */
export interface Retention {
  readonly days: number;
  /** The provisions that ask for as long; empty where none does. */
  readonly sources: readonly string[];
}

/** The longest that any of these frameworks demands. */
export function retentionOf(frameworks: readonly FrameworkId[]): Retention {
  const demands = frameworks.flatMap((framework) => retentionDemands[framework] ?? []);
  const years = Math.max(usualYears, ...demands.map((demand) => demand.years));
  const sources = demands.filter((demand) => demand.years === years).map(({ source }) => source);
  return { days: daysIn(years), sources: [...new Set(sources)] };
}

/** Days that hold so many years, wherever their leap days fall. */
function daysIn(years: number): number {
  return Math.ceil(years * 365.25);
}
