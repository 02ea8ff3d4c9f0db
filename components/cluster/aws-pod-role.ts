import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { grantRole } from "../core/aws-role-policies.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { type Statement, trustPolicy } from "../core/iam.ts";
import { physicalName } from "../core/naming.ts";
import { dividedPolicies } from "../core/role-policies.ts";
import { managedPolicyArn } from "./aws-arns.ts";

export interface AwsPodRoleArgs extends ComponentArgs {
  /** The cluster that the role's pods run on. */
  readonly cluster: { readonly name: string; readonly arn: pulumi.Input<string> };
  /** What the role is for; becomes part of its name, for example `vpc-cni`. */
  readonly purpose: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Names of AWS managed policies, for example `AmazonEKS_CNI_Policy`. @default none */
  readonly managedPolicies?: readonly string[];
  /** Inline policies, by name. @default none */
  readonly policies?: Readonly<Record<string, readonly Statement[]>>;
  /**
   * The statements of policies that grow with the manifest as plain strings of the greatest length, by name. What does not fit into the
   * inline policy then goes into managed ones.
   *
   * @default inline only
   */
  readonly longest?: Readonly<Record<string, readonly Statement[]>>;
}

/**
 * A role for the pods of one service account, by EKS Pod Identity. Its trust policy requires cluster, namespace and service
 * account in the session tags that EKS sets, so that no other pod and no other cluster of the account can assume it.
 */
export class AwsPodRole extends BlueprintComponent {
  readonly arn: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: AwsPodRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    const { cluster, purpose, namespace, serviceAccount } = args;
    super("cluster", "AwsPodRole", name, args, { namespace, serviceAccount }, opts);
    const roleName = physicalName("iam-role", [cluster.name, purpose]);
    const role = new aws.iam.Role(
      this.named(),
      {
        name: roleName,
        description: `${namespace}/${serviceAccount} on ${cluster.name}`,
        assumeRolePolicy: trust(args),
      },
      this.child(),
    );
    for (const policy of args.managedPolicies ?? []) {
      new aws.iam.RolePolicyAttachment(
        this.named(policy.split("/").at(-1)),
        { role: role.name, policyArn: managedPolicyArn(policy) },
        this.child(),
      );
    }
    for (const [key, statements] of Object.entries(args.policies ?? {})) {
      grantRole(
        role,
        dividedPolicies(statements, args.longest?.[key]),
        { resource: this.named(key), inline: key, role: roleName },
        this.child(),
      );
    }
    this.arn = role.arn;
    this.roleName = role.name;
    this.registerOutputs({ arn: this.arn });
  }
}

function trust({ cluster, namespace, serviceAccount }: AwsPodRoleArgs): pulumi.Output<string> {
  return trustPolicy("pods.eks.amazonaws.com", {
    actions: ["sts:AssumeRole", "sts:TagSession"],
    conditions: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": cluster.arn,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": serviceAccount,
      },
    },
  });
}
