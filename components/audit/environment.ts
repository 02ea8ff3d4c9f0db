/** The audit trails of an environment's accounts, projects and sites. */
import type { EnvironmentBuild } from "../section/environment.ts";
import type { AuditSpecs } from "./environment-specs.ts";

export async function build(spec: AuditSpecs, environment: EnvironmentBuild) {
  const aws = environment.accounts.length > 0 ? await import("./aws-environment.ts") : undefined;
  const gcp = environment.projects.length > 0 ? await import("./gcp-environment.ts") : undefined;
  return {
    accounts: aws?.accountAudits(spec, environment) ?? {},
    projects: gcp?.projectAudits(spec, environment) ?? {},
    ...(spec.onprem && { sites: await siteAudit(spec.onprem, environment) }),
  };
}

async function siteAudit(spec: NonNullable<AuditSpecs["onprem"]>, { common }: EnvironmentBuild) {
  const { OnpremAudit } = await import("./onprem.ts");
  const { retentionDays, flags, policy } = new OnpremAudit("audit-sites", { ...common, spec });
  return { retentionDays, flags, policy };
}
