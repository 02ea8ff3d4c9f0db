import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { ownGrant } from "../core/own-grant.ts";

export interface GcpStorageAgentsArgs extends ComponentArgs {
  readonly project: string;
  /** The keys of the project's buckets by a name of your choice, one per region. */
  readonly keyNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** Whether buckets of the project replicate to other cells. @default true */
  readonly copies?: boolean;
}

/**
 * Grants to the service agents for the buckets of a project. One per project and environment, in the environment's stack: grants to the
 * same agent by several cells would remove each other.
 *
 * Requesting an agent creates it. The agent of Storage Transfer Service, which replicates objects, is requested only for replication,
 * because its API must be enabled.
 */
export class GcpStorageAgents extends BlueprintComponent {
  /** The names of the keys, known when Cloud Storage can use them. */
  readonly keyNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GcpStorageAgentsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project, keyNames } = args;
    super("object-store", "GcpStorageAgents", name, args, { project }, opts);
    const { member } = gcp.storage.getProjectServiceAccountOutput({ project }, { parent: this });
    this.keyNames = Object.fromEntries(
      Object.entries(keyNames).map(([key, keyName]) => [key, this.#key(key, keyName, member)]),
    );
    if (args.copies ?? true) this.#events(args, member);
    this.registerOutputs({ keyNames: this.keyNames });
  }

  #key(
    key: string,
    keyName: pulumi.Input<string>,
    member: pulumi.Output<string>,
  ): pulumi.Output<string> {
    const access = new gcp.kms.CryptoKeyIAMMember(
      this.named(key),
      { cryptoKeyId: keyName, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
      this.child(),
    );
    return pulumi.all([keyName, access.id]).apply(([known]) => known);
  }

  /** Replication uses Pub/Sub notifications: Cloud Storage publishes changes, and the transfer creates a topic for them. */
  #events({ project, ownership }: GcpStorageAgentsArgs, storageAgent: pulumi.Output<string>): void {
    const transfers = gcp.storage.getTransferProjectServiceAccountOutput(
      { project },
      { parent: this },
    );
    for (const [key, role, member] of [
      ["storage-events", "roles/pubsub.publisher", storageAgent],
      ["transfer-events", "roles/pubsub.editor", transfers.member],
    ] as const) {
      new gcp.projects.IAMMember(
        this.named(key),
        // Environments of a project grant the same.
        { project, role, member, condition: ownGrant(ownership) },
        this.child(),
      );
    }
  }
}

/** The service agent that replicates objects between buckets. `GcpStorageAgents` requests it. */
export function transferAgent(projectNumber: string): string {
  return `serviceAccount:project-${projectNumber}@storage-transfer-service.iam.gserviceaccount.com`;
}
