import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../cluster/aws-arns.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, trustPolicy } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";

export interface AwsNodeRoleArgs extends ComponentArgs {
  readonly clusterName: string;
  /** The kind of nodes, for example `system`. Part of the role's name. */
  readonly nodes: string;
}

/**
 * The role of nodes. It can pull images, provide pod identities and describe its instance. Pods have their own roles, and there is no
 * shell access.
 */
export class AwsNodeRole extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: AwsNodeRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("node-pool", "AwsNodeRole", name, args, {}, opts);
    const role = new aws.iam.Role(
      this.named(),
      {
        name: physicalName("iam-role", [args.clusterName, "nodes", args.nodes]),
        description: `${args.nodes} nodes of ${args.clusterName}`,
        // EC2 sets no source when it assumes roles of instance profiles, so a condition is not possible.
        assumeRolePolicy: trustPolicy("ec2.amazonaws.com"),
      },
      this.child(),
    );
    for (const policy of [
      "AmazonEKSWorkerNodeMinimalPolicy",
      "AmazonEC2ContainerRegistryPullOnly",
    ]) {
      new aws.iam.RolePolicyAttachment(
        this.named(policy),
        { role: role.name, policyArn: managedPolicyArn(policy) },
        this.child(),
      );
    }
    new aws.iam.RolePolicy(
      this.named("bootstrap"),
      {
        name: "bootstrap",
        role: role.name,
        policy: policyDocument([
          {
            // nodeadm needs the node's private DNS name and the pod limit of its type. The minimal policy includes neither, and the
            // actions do not support resource-level permissions.
            sid: "FindItself",
            actions: ["ec2:DescribeInstances", "ec2:DescribeInstanceTypes"],
            resources: "*",
          },
        ]),
      },
      this.child(),
    );
    this.arn = role.arn;
    this.roleName = role.name;
    this.registerOutputs({ arn: this.arn });
  }
}
