import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { clusterArn } from "../cluster/aws-arns.ts";
import { AwsPodRole } from "../cluster/aws-pod-role.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { parseSpec } from "../core/spec.ts";
import { refuseUnsafe } from "../identity/refusals.ts";
import { serviceOf } from "../tenant-namespaces/services.ts";
import { type AwsTenantIdentityInput, awsTenantIdentitySpec } from "./schema.ts";
import { type ClusterPlace, sharedRoleArn } from "./shared-role.ts";

export interface AwsTenantIdentityArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsTenantIdentityInput;
  /** What the tenant's sections grant each service with a role of its own: `web/storefront`. */
  readonly statements: Readonly<Record<string, readonly Statement[]>>;
}

/**
 * The identities of a tenant's services on AWS, by EKS Pod Identity: the shared role of the cell's tenants, or a role that only pods of
 * the one service account in this cluster can assume.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec, and with every statement that is not safe.
 */
export class AwsTenantIdentity extends BlueprintComponent {
  /** ARNs of roles by service, known after pods can use them. */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AwsTenantIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantIdentitySpec, args.spec, name);
    refuseUnsafe(name, args.statements);
    super("tenant-identity", "AwsTenantIdentity", name, args, { spec }, opts);
    const { account, region, cluster, tenant } = spec;
    const place = { account, region, ...cluster };
    this.principals = Object.fromEntries(
      Object.entries(spec.services).map(([key, role]) => {
        const { namespace, serviceAccount } = serviceOf(tenant, key);
        const roleArn = role === "shared" ? sharedRoleArn(place) : this.#role(args, place, key);
        const pods = new aws.eks.PodIdentityAssociation(
          this.named(`${key}-pods`),
          { clusterName: cluster.name, namespace, serviceAccount, roleArn },
          this.child(),
        );
        return [key, pods.roleArn];
      }),
    );
    this.registerOutputs({ principals: this.principals });
  }

  #role(
    { ownership, spec, statements }: AwsTenantIdentityArgs,
    cluster: ClusterPlace,
    key: string,
  ): pulumi.Output<string> {
    const { namespace, serviceAccount } = serviceOf(spec.tenant, key);
    const { [key]: granted = [] } = statements;
    return new AwsPodRole(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        cluster: { name: cluster.prefix, arn: clusterArn(cluster) },
        // An underscore, which no name of Kubernetes has, separates the two.
        purpose: `${namespace}_${serviceAccount}`,
        namespace,
        serviceAccount,
        policies: { grants: granted },
        longest: { grants: granted },
      },
      this.child(),
    ).arn;
  }
}
