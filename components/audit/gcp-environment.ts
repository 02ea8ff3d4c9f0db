/** The audit archives of an environment's Google Cloud projects. */
import { keys } from "../keys/environment-section.ts";
import { eachOf } from "../section/entries.ts";
import type { EnvironmentBuild } from "../section/environment.ts";
import type { AuditSpecs } from "./environment-specs.ts";
import { GcpAudit } from "./gcp.ts";

/** By project id. */
export function projectAudits({ projects }: AuditSpecs, environment: EnvironmentBuild) {
  const archiveKeys = environment.built(keys)?.archives ?? {};
  return eachOf(projects, (id, spec) => {
    const project = environment.projects.find((known) => known.id === id);
    const keyName = archiveKeys[id];
    if (project === undefined || keyName === undefined) return undefined;
    const args = { ...environment.common, spec, keyName };
    const { archive, retentionDays } = new GcpAudit(`audit-gcp-${id}`, args, project.home.opts);
    return { bucket: archive, retentionDays };
  });
}
