import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { bucketName } from "../object-store/bucket-name.ts";
import { GcpBucket } from "../object-store/gcp-bucket.ts";
import type { AuditContract } from "./contract.ts";
import { GcpGuardrails } from "./gcp-guardrails.ts";
import { type GcpAuditInput, type GcpAuditSpec, gcpAuditSpec, lockOf } from "./schema.ts";

export interface GcpAuditArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpAuditInput;
  /** Encrypts the archive: a Cloud KMS key in the region, from `GcpStorageAgents`. */
  readonly keyName: pulumi.Input<string>;
}

/** Every audit log of the project, those of its clusters among them. */
const auditLogs =
  'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/policy") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/access_transparency")';

/**
 * The audit trail of a project: admin activity and data access, in an archive that nobody can change. One per environment and
 * project.
 *
 * @example
 * const audit = new GcpAudit("audit", {
 *   spec: { cloud: "gcp", project: "acme-prod", region: "europe-west1", frameworks: ["sox"] }, keyName, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpAudit extends BlueprintComponent implements AuditContract {
  readonly cloud = "gcp";
  readonly retentionDays: number;
  readonly archive: pulumi.Output<string>;
  /** The service account of the sink, which can only write to the archive. */
  readonly writerIdentity: pulumi.Output<string>;

  constructor(name: string, args: GcpAuditArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpAuditSpec, args.spec, name);
    super("audit", "GcpAudit", name, args, { spec }, opts);
    this.retentionDays = lockOf(spec).days;
    this.archive = this.#archive(args, spec);
    this.writerIdentity = this.#sink(args, spec);
    if (spec.ownsProject) this.#dataAccess(spec);
    if (spec.guardrails !== undefined) {
      new GcpGuardrails(
        this.named("guardrails"),
        { ownership: args.ownership, retain: this.retain, scope: spec.guardrails },
        this.child(),
      );
    }
    this.registerOutputs({ archive: this.archive, retentionDays: this.retentionDays });
  }

  #archive({ ownership, keyName }: GcpAuditArgs, spec: GcpAuditSpec): pulumi.Output<string> {
    const { project, region } = spec;
    const lock = lockOf(spec);
    return new GcpBucket(
      this.named("archive"),
      {
        ownership,
        retain: this.retain,
        bucketName: bucketName("gcp", ownership, "audit", project),
        project,
        region,
        keyName,
        settings: {
          tiering: "by-age",
          lifecycle: {
            // All storage classes are immediately available, as PCI DSS 10.5.1 requires.
            ...(lock.days > 90 ? { archiveAfterDays: 90 } : {}),
            expireAfterDays: lock.days,
            oldVersionsDays: 1,
            abortUploadsAfterDays: 1,
          },
          lock,
          softDeleteDays: 0,
        },
      },
      this.child(),
    ).bucketName;
  }

  #sink({ ownership }: GcpAuditArgs, { project }: GcpAuditSpec): pulumi.Output<string> {
    const sink = new gcp.logging.ProjectSink(
      this.named("sink"),
      {
        project,
        name: nameIn(ownership, "log-sink", "audit"),
        description: "Every audit log, into the locked archive",
        destination: pulumi.interpolate`storage.googleapis.com/${this.archive}`,
        filter: auditLogs,
        exclusions: [ownDeliveries(bucketName("gcp", ownership, "audit", project))],
        uniqueWriterIdentity: true,
      },
      this.child(),
    );
    new gcp.storage.BucketIAMMember(
      this.named("sink-writer"),
      {
        bucket: this.archive,
        role: "roles/storage.objectCreator",
        member: sink.writerIdentity,
      },
      this.child(),
    );
    return sink.writerIdentity;
  }

  #dataAccess({ project, dataAccess }: GcpAuditSpec): void {
    const logTypes = [
      "ADMIN_READ",
      ...(dataAccess.reads ? ["DATA_READ"] : []),
      ...(dataAccess.writes ? ["DATA_WRITE"] : []),
    ];
    new gcp.projects.IAMAuditConfig(
      this.named("data-access"),
      {
        project,
        service: "allServices",
        auditLogConfigs: logTypes.map((logType) => ({ logType })),
      },
      this.child(),
    );
  }
}

/**
 * The sink's own writes are data access events, which would be archived in an endless loop. Writes of others to the archive are
 * archived.
 */
function ownDeliveries(archive: string): gcp.types.input.logging.ProjectSinkExclusion {
  return {
    name: "own-deliveries",
    description: "Objects that the sink itself writes",
    filter: [
      'protoPayload.methodName="storage.objects.create"',
      `protoPayload.resourceName:"projects/_/buckets/${archive}/objects/"`,
      'protoPayload.authenticationInfo.principalEmail:"@gcp-sa-logging.iam.gserviceaccount.com"',
    ].join(" AND "),
  };
}
