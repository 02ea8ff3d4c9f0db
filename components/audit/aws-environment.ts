/** The audit trails of an environment's AWS accounts. */
import { eachOf } from "../section/entries.ts";
import type { EnvironmentAccount, EnvironmentBuild } from "../section/environment.ts";
import { AwsAudit } from "./aws.ts";
import { AwsDetection } from "./aws-detection.ts";
import type { AuditSpecs } from "./environment-specs.ts";
import type { AwsAuditSpec } from "./schema.ts";

/** By account id. */
export function accountAudits({ accounts }: AuditSpecs, environment: EnvironmentBuild) {
  return eachOf(accounts, (id, spec) => {
    const account = environment.accounts.find((known) => known.id === id);
    if (account === undefined) return undefined;
    const trail = accountAudit(spec, account, environment);
    return {
      bucket: trail.archive,
      serviceLogs: trail.serviceLogsBucket,
      retentionDays: trail.retentionDays,
      trail: trail.trailArn,
      key: trail.archiveKeyArn,
    };
  });
}

/** The trail in the home region, and threat detection in every other region with cells. */
function accountAudit(
  spec: AwsAuditSpec,
  { id, home, cells }: EnvironmentAccount,
  { common }: EnvironmentBuild,
): AwsAudit {
  const audit = new AwsAudit(`audit-aws-${id}`, { ...common, spec }, home.opts);
  const others = spec.ownsAccount ? cells.filter((place) => place !== home) : [];
  for (const { region, target, opts } of others) {
    new AwsDetection(
      `detection-${target}`,
      {
        ...common,
        region,
        frameworks: spec.frameworks,
        runtimeMonitoring: spec.guardDuty.runtimeMonitoring,
        recorder: {
          account: id,
          region,
          recording: spec.config.recording,
          global: false,
          bucketName: audit.configBucket,
          keyArn: audit.archiveKeyArn,
          after: [audit],
        },
      },
      opts,
    );
  }
  return audit;
}
