import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface GcpStorageAgentsArgs extends ComponentArgs {
  readonly project: string;
  /** The keys that buckets of the project are under, by a name of one's own: a key a region. */
  readonly keyNames: Readonly<Record<string, pulumi.Input<string>>>;
  /** Whether buckets of the project are copied to other cells. @default true */
  readonly copies?: boolean;
}

/**
 * What Google's service agents need for the buckets of a project: one a project, in its environment's stack, as grants to the
 * same agent by several stacks would take each other's away.
 *
 * Asking for an agent makes it. That of Storage Transfer Service, which copies objects between cells, is asked for only where
 * there is something to copy: its API has to be on.
 */
export class GcpStorageAgents extends BlueprintComponent {
  /** The names of the keys, there once Cloud Storage may use them. */
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

  /** Changes of buckets are told through Pub/Sub: Cloud Storage publishes them, and the transfer makes a topic to read them. */
  #events({ project }: GcpStorageAgentsArgs, storageAgent: pulumi.Output<string>): void {
    const transfers = gcp.storage.getTransferProjectServiceAccountOutput(
      { project },
      { parent: this },
    );
    for (const [key, role, member] of [
      ["storage-events", "roles/pubsub.publisher", storageAgent],
      ["transfer-events", "roles/pubsub.editor", transfers.member],
    ] as const) {
      new gcp.projects.IAMMember(this.named(key), { project, role, member }, this.child());
    }
  }
}

/** The service agent that copies objects between buckets; `GcpStorageAgents` asks for it. */
export function transferAgent(projectNumber: string): string {
  return `serviceAccount:project-${projectNumber}@storage-transfer-service.iam.gserviceaccount.com`;
}
