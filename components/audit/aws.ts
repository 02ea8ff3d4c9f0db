import type { types } from "@pulumi/aws";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { bucketArn } from "../object-store/bucket-name.ts";
import { AwsArchive } from "./aws-archive.ts";
import { AwsDetection } from "./aws-detection.ts";
import type { AuditContract } from "./contract.ts";
import { type AwsAuditInput, type AwsAuditSpec, awsAuditSpec, lockOf } from "./schema.ts";

export interface AwsAuditArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsAuditInput;
}

/**
 * The audit trail of an account: all activity in all regions, in an archive that nobody can change, and the services that
 * analyze it. One per environment and account, in the account's home region.
 *
 * @example
 * const audit = new AwsAudit("audit", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", frameworks: ["sox"] }, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsAudit extends BlueprintComponent implements AuditContract {
  readonly cloud = "aws";
  readonly retentionDays: number;
  readonly archive: pulumi.Output<string>;
  readonly archiveKeyArn: pulumi.Output<string>;
  /** The bucket that Config in the account's other regions delivers to. */
  readonly configBucket: pulumi.Output<string>;
  /** The bucket that brokers and other services in all regions of the account deliver their logs to. */
  readonly serviceLogsBucket: pulumi.Output<string>;
  readonly trailArn: pulumi.Output<string>;

  constructor(name: string, args: AwsAuditArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsAuditSpec, args.spec, name);
    super("audit", "AwsAudit", name, args, { spec }, opts);
    const { ownership } = args;
    const { account, region } = spec;
    const trail = nameIn(ownership, "cloudtrail-trail", "audit");
    const common = { ownership, retain: this.retain };
    const archive = new AwsArchive(
      this.named("archive"),
      { ...common, spec, place: { account, region, trail } },
      this.child(),
    );
    this.retentionDays = lockOf(spec).days;
    this.archive = archive.trailBucket.bucketName;
    this.archiveKeyArn = archive.keyArn;
    this.configBucket = archive.configBucket.bucketName;
    this.serviceLogsBucket = archive.serviceLogsBucket.bucketName;
    this.trailArn = this.#trail(spec, trail, archive);
    if (spec.ownsAccount) this.#account(args, spec, archive);
    this.registerOutputs({
      archive: this.archive,
      trailArn: this.trailArn,
      retentionDays: this.retentionDays,
    });
  }

  #trail(spec: AwsAuditSpec, name: string, archive: AwsArchive): pulumi.Output<string> {
    const { trailBucket, keyArn } = archive;
    const trail = new aws.cloudtrail.Trail(
      this.named("trail"),
      {
        name,
        s3BucketName: trailBucket.bucketName,
        kmsKeyId: keyArn,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        enableLogging: true,
        advancedEventSelectors: eventSelectors(spec.trail.objects, archive.trailBucketName),
        ...(spec.trail.insights
          ? {
              insightSelectors: [
                { insightType: "ApiCallRateInsight" },
                { insightType: "ApiErrorRateInsight" },
              ],
            }
          : {}),
      },
      // CloudTrail checks that it can deliver when the trail is created.
      this.stateful({ dependsOn: [...trailBucket.ready] }),
    );
    return trail.arn;
  }

  #account({ ownership }: AwsAuditArgs, spec: AwsAuditSpec, archive: AwsArchive): void {
    const { account, region, frameworks, config, guardDuty } = spec;
    new aws.s3.AccountPublicAccessBlock(
      this.named("public-access"),
      {
        accountId: account,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      this.child(),
    );
    const role =
      config.serviceRole === "create"
        ? [
            new aws.iam.ServiceLinkedRole(
              this.named("config-role"),
              { awsServiceName: "config.amazonaws.com" },
              this.child(),
            ),
          ]
        : [];
    new AwsDetection(
      this.named("detection"),
      {
        ownership,
        retain: this.retain,
        region,
        frameworks,
        runtimeMonitoring: guardDuty.runtimeMonitoring,
        recorder: {
          account,
          region,
          recording: config.recording,
          global: true,
          bucketName: archive.configBucket.bucketName,
          keyArn: archive.keyArn,
          after: [...role, ...archive.configBucket.ready],
        },
      },
      this.child(),
    );
  }
}

type Selector = types.input.cloudtrail.TrailAdvancedEventSelector;

/**
 * All management events, and S3 object-level events except those of the archive, whose deliveries would be recorded in an
 * endless loop.
 */
export function eventSelectors(
  objects: AwsAuditSpec["trail"]["objects"],
  archiveBucket: string,
): Selector[] {
  const management = {
    name: "Management",
    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
  };
  if (objects === "none") return [management];
  return [
    management,
    {
      name: "Objects",
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: ["AWS::S3::Object"] },
        { field: "resources.ARN", notStartsWiths: [`${bucketArn(archiveBucket)}/`] },
        ...(objects === "writes" ? [{ field: "readOnly", equals: ["false"] }] : []),
      ],
    },
  ];
}
