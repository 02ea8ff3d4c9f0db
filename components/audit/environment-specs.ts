/** The audit trails of an environment: one for each account and project that its cells are in, and one for its sites. */
import type { Problem } from "../core/errors.ts";
import { checkEntry, eachOf } from "../section/entries.ts";
import type { EnvironmentContext } from "../section/environment-section.ts";
import type { AuditSettings } from "./environment-schema.ts";
import {
  type AwsAuditSpec,
  awsAuditSpec,
  type GcpAuditSpec,
  gcpAuditSpec,
  type OnpremAuditSpec,
  onpremAuditSpec,
} from "./schema.ts";

export interface AuditSpecs {
  readonly accounts: Readonly<Record<string, AwsAuditSpec>>;
  readonly projects: Readonly<Record<string, GcpAuditSpec>>;
  /** For the API servers of all sites. */
  readonly onprem: OnpremAuditSpec | undefined;
}

export function auditSpecs(
  audit: AuditSettings,
  environment: EnvironmentContext,
  problems: Problem[],
): AuditSpecs {
  const { file, lifetime, frameworks, targets } = environment;
  const { retentionDays } = audit;
  problems.push(...twiceGuarded(audit.projects, file));
  const facts = { lifetime, frameworks, retentionDays };
  const shared = ["retentionDays"];
  return {
    accounts: eachOf(targets.accounts, (account, { regions }) => {
      const settings = audit.accounts[account];
      const place = { file, at: ["audit", "accounts", account], shared };
      const region = homeRegion(settings?.region, regions, place, problems);
      if (region === undefined) return undefined;
      const data = { cloud: "aws", account, ...facts, ...settings, region };
      return checkEntry(awsAuditSpec, data, place, problems);
    }),
    projects: eachOf(targets.projects, (project, { regions }) => {
      const settings = audit.projects[project];
      const place = { file, at: ["audit", "projects", project], shared };
      const region = homeRegion(settings?.region, regions, place, problems);
      if (region === undefined) return undefined;
      const data = { cloud: "gcp", project, ...facts, ...settings, region };
      return checkEntry(gcpAuditSpec, data, place, problems);
    }),
    onprem: targets.sites
      ? checkEntry(
          onpremAuditSpec,
          { cloud: "onprem", ...facts, ...audit.onprem },
          { file, at: ["audit", "onprem"], shared },
          problems,
        )
      : undefined,
  };
}

/** Organization policies of one scope are one resource: deleting a second one would remove the first one's policies. */
function twiceGuarded(projects: AuditSettings["projects"], file: string): Problem[] {
  const first = new Map<string, string>();
  return Object.entries(projects).flatMap(([project, { guardrails }]) => {
    if (guardrails === undefined) return [];
    const other = first.get(guardrails);
    if (other === undefined) {
      first.set(guardrails, project);
      return [];
    }
    return {
      path: `${file}: audit.projects.${project}.guardrails`,
      message: `must be omitted: "${other}" sets them`,
      got: guardrails,
    };
  });
}

/** An archive cannot move. With cells in several regions the manifest must choose one, so that adding a cell cannot change it. */
function homeRegion(
  stated: string | undefined,
  regions: readonly string[],
  { file, at }: { readonly file: string; readonly at: readonly string[] },
  problems: Problem[],
): string | undefined {
  const region = stated ?? (regions.length === 1 ? regions[0] : undefined);
  if (region === undefined && regions.length > 1) {
    problems.push({
      path: `${file}: ${at.join(".")}.region`,
      message: `is required, because cells are in ${regions.join(" and ")}: choose the region of the archive`,
    });
  }
  return region;
}
