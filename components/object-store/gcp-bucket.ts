import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { seconds } from "../core/units.ts";
import { lifecycleRules } from "./gcp-lifecycle.ts";
import type { GcpBucketSettings } from "./gcp-schema.ts";

export interface GcpBucketArgs extends ComponentArgs {
  /** Physical name, unique worldwide. */
  readonly bucketName: string;
  readonly project: string;
  readonly region: string;
  readonly settings: Pick<GcpBucketSettings, "tiering" | "lifecycle" | "lock" | "softDeleteDays">;
  /** Encrypts the objects. The project's Cloud Storage agent must be allowed to use it. */
  readonly keyName: pulumi.Input<string>;
  /** The bucket for access logs. @default no access logs */
  readonly logBucket?: pulumi.Input<string>;
}

/**
 * A private Cloud Storage bucket: public access prevented, IAM permissions only, one key, and either versioning or a retention policy.
 * Cloud Storage does not support both.
 */
export class GcpBucket extends BlueprintComponent {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: GcpBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    const { bucketName, logBucket } = args;
    super("object-store", "GcpBucket", name, args, { bucketName, settings: args.settings }, opts);
    // A locked retention cannot be removed: `atoll destroy` leaves the bucket in the cloud.
    const isLocked = args.settings.lock?.mode === "compliance";
    const settings = this.retain || isLocked ? args.settings : unlocked(args.settings);
    const bucket = new gcp.storage.Bucket(
      this.named(),
      {
        name: bucketName,
        project: args.project,
        // Upper case, as the API returns it.
        location: args.region.toUpperCase(),
        storageClass: "STANDARD",
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        encryption: { defaultKmsKeyName: args.keyName },
        forceDestroy: !this.retain && !isLocked,
        softDeletePolicy: {
          retentionDurationSeconds: settings.softDeleteDays * seconds("1 day"),
        },
        lifecycleRules: lifecycleRules(settings),
        ...keeping(settings),
        ...(settings.tiering === "automatic"
          ? { autoclass: { enabled: true, terminalStorageClass: "ARCHIVE" } }
          : {}),
        ...(logBucket === undefined ? {} : { logging: { logBucket, logObjectPrefix: bucketName } }),
      },
      this.stateful(),
    );
    this.bucketName = bucket.name;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/** Without a lock: Cloud Storage deletes no object before its retention ends, even if the policy is not locked. */
function unlocked({ lock: _, ...settings }: GcpBucketArgs["settings"]): GcpBucketArgs["settings"] {
  return settings;
}

function keeping({ lock }: GcpBucketArgs["settings"]): Partial<gcp.storage.BucketArgs> {
  if (!lock) return { versioning: { enabled: true } };
  return {
    versioning: { enabled: false },
    retentionPolicy: {
      retentionPeriod: String(lock.days * seconds("1 day")),
      isLocked: lock.mode === "compliance",
    },
  };
}
