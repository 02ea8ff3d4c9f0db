import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";

export interface GcpSecretsAgentArgs extends ComponentArgs {
  readonly project: string;
  /** The keys of the project's secrets by a name of your choice, one per region. */
  readonly keyNames: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Allows the Secret Manager service agent of a project to use the keys of its secrets. One per project, in the environment's stack,
 * because grants to the same agent by several stacks would remove each other.
 */
export class GcpSecretsAgent extends BlueprintComponent {
  /** The names of the keys, known when Secret Manager can use them. */
  readonly keyNames: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GcpSecretsAgentArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project, keyNames } = args;
    super("secrets", "GcpSecretsAgent", name, args, { project }, opts);
    const agent = new gcp.projects.ServiceIdentity(
      this.named(),
      { project, service: "secretmanager.googleapis.com" },
      this.child(),
    );
    this.keyNames = Object.fromEntries(
      Object.entries(keyNames).map(([key, keyName]) => {
        const access = new gcp.kms.CryptoKeyIAMMember(
          this.named(key),
          {
            cryptoKeyId: keyName,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: agent.member,
          },
          this.child(),
        );
        return [key, pulumi.all([keyName, access.id]).apply(([known]) => known)];
      }),
    );
    this.registerOutputs({ keyNames: this.keyNames });
  }
}
