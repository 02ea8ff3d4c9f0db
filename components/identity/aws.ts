import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AwsPodRole } from "../cluster/aws-pod-role.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { GrantKind } from "../section/grant.ts";
import { type AwsIdentityInput, type AwsIdentitySpec, awsIdentitySpecWith } from "./aws-schema.ts";
import { type AwsReferences, longestStatements, workloadStatements } from "./aws-statements.ts";
import type { IdentityContract } from "./contract.ts";
import { grantablesWith } from "./grant-schema.ts";
import { refuseMissing, refuseUnsafe } from "./refusals.ts";

export interface AwsIdentityArgs extends ComponentArgs {
  /** `identity` of the cell's manifest with cloud, account, region and the cell's declared resources; see aws-schema.ts. */
  readonly spec: AwsIdentityInput;
  /** The cluster that the workloads run on. */
  readonly cluster: {
    readonly spec: { readonly name: string };
    readonly arn: pulumi.Input<string>;
    readonly clusterName: pulumi.Input<string>;
  };
  /** The granted resources. */
  readonly references: AwsReferences;
  /** The kinds of grants of a repository's own sections. @default none */
  readonly kinds?: readonly GrantKind[];
}

/**
 * The identities of a cell's workloads: one role each, which EKS Pod Identity provides only to the pods of one service account
 * in this cluster.
 *
 * @example
 * const identity = new AwsIdentity("identity", {
 *   spec: {
 *     cloud: "aws", account: "111122223333", region: "us-east-1", resources: { bucket: ["uploads"] },
 *     workloads: {
 *       checkout: {
 *         namespace: "shop", serviceAccount: "checkout", grants: [{ kind: "bucket", name: "uploads", may: ["read"] }],
 *       },
 *     },
 *   },
 *   references: { bucket: { uploads: { arn, keyArn } } }, cluster, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, and with every statement that is not safe.
 */
export class AwsIdentity extends BlueprintComponent implements IdentityContract {
  readonly cloud = "aws";
  readonly principals: IdentityContract["principals"];

  constructor(name: string, args: AwsIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const kinds = grantablesWith(args.kinds);
    const spec = parseSpec(awsIdentitySpecWith(kinds), args.spec, name);
    refuseMissing(name, spec.workloads, args.references, kinds);
    const planned = Object.entries(spec.workloads).map(
      ([key, { grants }]) =>
        [key, workloadStatements(key, grants, args.references, spec, kinds)] as const,
    );
    refuseUnsafe(name, Object.fromEntries(planned));
    super("identity", "AwsIdentity", name, args, { spec }, opts);
    this.principals = Object.fromEntries(
      planned.map(([key, statements]) => [key, this.#workload(args, spec, key, statements)]),
    );
    this.registerOutputs({ principals: this.principals });
  }

  /** The role's ARN, known after pods can use it. */
  #workload(
    { ownership, cluster, kinds }: AwsIdentityArgs,
    spec: AwsIdentitySpec,
    key: string,
    statements: ReturnType<typeof workloadStatements>,
  ): pulumi.Output<string> {
    const { namespace, serviceAccount, grants } = spec.workloads[
      key
    ] as AwsIdentitySpec["workloads"][string];
    const role = new AwsPodRole(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        cluster: { name: cluster.spec.name, arn: cluster.arn },
        purpose: `workload-${key}`,
        namespace,
        serviceAccount,
        policies: { grants: statements },
        longest: { grants: longestStatements(key, grants, spec, grantablesWith(kinds)).flat() },
      },
      this.child(),
    );
    return new aws.eks.PodIdentityAssociation(
      this.named(`${key}-pods`),
      { clusterName: cluster.clusterName, namespace, serviceAccount, roleArn: role.arn },
      this.child(),
    ).roleArn;
  }
}
