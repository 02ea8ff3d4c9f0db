import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { transferAgent } from "./gcp-agents.ts";

export interface GcpReplicationArgs extends ComponentArgs {
  readonly project: string;
  readonly projectNumber: string;
  /** Names of the source and target buckets, by bucket key. */
  readonly pairs: Readonly<
    Record<string, { readonly source: pulumi.Input<string>; readonly target: string }>
  >;
}

/** Roles of the Storage Transfer Service agent: read the source and its notifications, and write to the target. */
const sourceRoles = ["roles/storage.legacyBucketOwner", "roles/storage.objectViewer"];
const targetRoles = ["roles/storage.legacyBucketWriter", "roles/storage.objectViewer"];

/**
 * Replicates new and changed objects to existing buckets of another cell. Deletions and existing objects are not replicated.
 */
export class GcpReplication extends BlueprintComponent {
  constructor(name: string, args: GcpReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project, projectNumber, pairs } = args;
    super("object-store", "GcpReplication", name, args, { buckets: Object.keys(pairs) }, opts);
    const agent = transferAgent(projectNumber);
    for (const [key, { source, target }] of Object.entries(pairs)) {
      const grants = [
        ...sourceRoles.map((role) => this.#grant(`${key}-source`, source, role, agent)),
        ...targetRoles.map((role) => this.#grant(`${key}-target`, target, role, agent)),
      ];
      new gcp.storage.TransferJob(
        this.named(key),
        {
          project,
          // Google assigns the names of such jobs. If omitted, Pulumi would generate one.
          name: "",
          description: `Copies ${key} of ${args.ownership.cell ?? args.ownership.environment}`,
          replicationSpec: {
            gcsDataSource: { bucketName: source },
            gcsDataSink: { bucketName: target },
            transferOptions: {
              overwriteWhen: "DIFFERENT",
              metadataOptions: {
                kmsKey: "KMS_KEY_DESTINATION_BUCKET_DEFAULT",
                storageClass: "STORAGE_CLASS_DESTINATION_BUCKET_DEFAULT",
              },
            },
          },
          loggingConfig: { logActions: ["COPY"], logActionStates: ["FAILED"] },
          status: "ENABLED",
        },
        this.child({ dependsOn: grants }),
      );
    }
    this.registerOutputs({});
  }

  #grant(
    key: string,
    bucket: pulumi.Input<string>,
    role: string,
    member: string,
  ): gcp.storage.BucketIAMMember {
    return new gcp.storage.BucketIAMMember(
      this.named(`${key}-${role.split(".").at(-1)}`),
      { bucket, role, member },
      this.child(),
    );
  }
}
