import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { GcpRole } from "../section/grant.ts";

export interface GcpMemberArgs extends ComponentArgs {
  readonly project: string;
  /** `principal://...` or `serviceAccount:...` */
  readonly member: pulumi.Input<string>;
  readonly roles: readonly GcpRole[];
}

/** The permissions of one principal, each role on one resource. */
export class GcpMember extends BlueprintComponent {
  /** The principal, known after its roles are granted. */
  readonly member: pulumi.Output<string>;

  constructor(name: string, args: GcpMemberArgs, opts?: pulumi.ComponentResourceOptions) {
    super("identity", "GcpMember", name, args, {}, opts);
    const granted = args.roles.map((role) => this.#grant(args, role).id);
    this.member = pulumi.all([args.member, pulumi.all(granted)]).apply(([member]) => member);
    this.registerOutputs({ member: this.member });
  }

  #grant({ project, member }: GcpMemberArgs, granted: GcpRole): pulumi.CustomResource {
    const { key, role, on, condition } = granted;
    const name = this.named(key);
    const common = { role, member, ...(condition ? { condition } : {}) };
    switch (on.kind) {
      case "bucket":
        return new gcp.storage.BucketIAMMember(
          name,
          { bucket: on.bucket, ...common },
          this.child(),
        );
      case "folder":
        return new gcp.storage.ManagedFolderIamMember(
          name,
          { bucket: on.bucket, managedFolder: on.managedFolder, ...common },
          this.child(),
        );
      case "key":
        return new gcp.kms.CryptoKeyIAMMember(
          name,
          { cryptoKeyId: on.cryptoKeyId, ...common },
          this.child(),
        );
      case "secret":
        return new gcp.secretmanager.SecretIamMember(
          name,
          { project, secretId: on.secretId, ...common },
          this.child(),
        );
      case "project":
        return new gcp.projects.IAMMember(name, { project, ...common }, this.child());
      case "other":
        return new MemberBinding(on.type, name, { project, ...on.inputs, ...common }, this.child());
    }
  }
}

/** A resource that grants a role to a member, by its type token, for services that this component does not know. */
class MemberBinding extends pulumi.CustomResource {}
