import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { AwsBucket } from "../object-store/aws-bucket.ts";
import { accessLogStatement } from "../object-store/aws-policies.ts";
import { bucketName } from "../object-store/bucket-name.ts";
import { auditBuckets } from "./archive-names.ts";
import {
  archiveKeyPolicy,
  configDelivery,
  serviceLogDelivery,
  type TrailPlace,
  trailDelivery,
} from "./aws-policies.ts";
import { type AwsAuditSpec, lockOf } from "./schema.ts";

export interface AwsArchiveArgs extends ComponentArgs {
  readonly spec: AwsAuditSpec;
  readonly place: TrailPlace;
}

type BucketSettings = ConstructorParameters<typeof AwsBucket>[1]["settings"];

/**
 * PCI DSS 10.5.1 requires this period to be immediately available. Older objects are immediately available too, at a higher
 * price per request.
 */
const immediatelyAvailableDays = 90;

/**
 * The environment's archive on AWS: a locked bucket, one for Config, one for service logs, and one for the access logs of these
 * buckets.
 */
export class AwsArchive extends BlueprintComponent {
  readonly keyArn: pulumi.Output<string>;
  /** The locked bucket that the trail delivers to. */
  readonly trailBucket: AwsBucket;
  /** Its name, known before the bucket is created. */
  readonly trailBucketName: string;
  /** Config does not deliver to a bucket with a default retention (AWS Config developer guide, "Delivery channel"). */
  readonly configBucket: AwsBucket;
  /** For service logs. Not locked: AWS does not document that their delivery sends the checksum that Object Lock requires. */
  readonly serviceLogsBucket: AwsBucket;

  constructor(name: string, args: AwsArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    super("audit", "AwsArchive", name, args, {}, opts);
    const { spec, place } = args;
    const { account } = place;
    const lock = lockOf(spec);
    const lifecycle = { expireAfterDays: lock.days, oldVersionsDays: 1, abortUploadsAfterDays: 1 };
    const tiers =
      lock.days > immediatelyAvailableDays ? { archiveAfterDays: immediatelyAvailableDays } : {};
    this.keyArn = this.#key(args);

    const logsName = this.#nameOf(args, auditBuckets.accessLogs);
    const logs = this.#bucket(args, "access-logs", logsName, {
      settings: { tiering: "by-age", lifecycle },
      statements: [accessLogStatement(logsName, account)],
    });
    const logged = { keyArn: this.keyArn, logBucket: logs.bucketName };
    this.trailBucketName = this.#nameOf(args, auditBuckets.trail);
    this.trailBucket = this.#bucket(args, "trail", this.trailBucketName, {
      ...logged,
      settings: { tiering: "by-age", lifecycle: { ...lifecycle, ...tiers }, lock },
      // Log files are encrypted with the archive's key, digest files with S3's: CloudTrail accepts no key for those.
      ownKeysFor: "cloudtrail.amazonaws.com",
      statements: trailDelivery(this.trailBucketName, place),
    });
    const configName = this.#nameOf(args, auditBuckets.config);
    this.configBucket = this.#bucket(args, "config", configName, {
      ...logged,
      settings: { tiering: "by-age", lifecycle: { ...lifecycle, ...tiers } },
      statements: configDelivery(configName, account),
    });
    const servicesName = this.#nameOf(args, auditBuckets.services);
    this.serviceLogsBucket = this.#bucket(args, "services", servicesName, {
      ...logged,
      settings: { tiering: "by-age", lifecycle: { ...lifecycle, ...tiers } },
      statements: serviceLogDelivery(servicesName, account),
    });
    this.registerOutputs({ keyArn: this.keyArn });
  }

  #key({ ownership, place }: AwsArchiveArgs): pulumi.Output<string> {
    const key = new aws.kms.Key(
      this.named("key"),
      {
        description: `Encrypts the audit archive of ${ownership.environment}`,
        enableKeyRotation: true,
        rotationPeriodInDays: 365,
        deletionWindowInDays: 30,
        policy: policyDocument(archiveKeyPolicy(place)),
      },
      this.stateful(),
    );
    new aws.kms.Alias(
      this.named("key-alias"),
      { name: nameIn(ownership, "kms-alias", "audit"), targetKeyId: key.keyId },
      this.child(),
    );
    return key.arn;
  }

  #nameOf({ ownership, place }: AwsArchiveArgs, key: string): string {
    return bucketName("aws", ownership, key, place.account);
  }

  #bucket(
    { ownership, place }: AwsArchiveArgs,
    key: string,
    name: string,
    rest: {
      readonly settings: BucketSettings;
      readonly statements: readonly Statement[];
      readonly keyArn?: pulumi.Input<string>;
      readonly ownKeysFor?: string;
      readonly logBucket?: pulumi.Input<string>;
    },
  ): AwsBucket {
    return new AwsBucket(
      this.named(key),
      { ownership, retain: this.retain, bucketName: name, account: place.account, ...rest },
      this.child(),
    );
  }
}
