import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "../cluster/aws-arns.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, trustPolicy } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";

export interface AwsNodeRoleArgs extends ComponentArgs {
  readonly clusterName: string;
  /** Which nodes, for example `system`; becomes part of the role's name. */
  readonly nodes: string;
}

/**
 * The role of nodes. It can pull images, hand out pod identities and find itself in EC2: pods get roles of their own, and people
 * get no shell.
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
        // EC2 assumes roles of instance profiles without a source, so there is none to ask for.
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
            // nodeadm waits for the node's private DNS name and looks up how many pods its type carries; the minimal policy
            // has neither, and neither action can be limited to a resource.
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
