/** An environment's settings for on-premises sites: how API servers must keep their audit logs. */
import { OnpremAudit } from "../../components/audit/onprem.ts";
import type { OnpremAuditSpec } from "../../components/audit/schema.ts";
import type { EnvironmentInputs, SiteAudit } from "./inputs.ts";

export function siteAudit({ common }: EnvironmentInputs, spec: OnpremAuditSpec): SiteAudit {
  const { retentionDays, flags, policy } = new OnpremAudit("audit-sites", { ...common, spec });
  return { retentionDays, flags, policy };
}
