import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { type AddonName, addonVersions } from "./aws-addon-versions.ts";
import { AwsPodRole } from "./aws-pod-role.ts";
import type { AwsClusterSpec } from "./schema.ts";

export interface AwsCoreAddonsArgs extends ComponentArgs {
  readonly spec: AwsClusterSpec;
  readonly cluster: { readonly name: pulumi.Input<string>; readonly arn: pulumi.Input<string> };
}

/**
 * The add-ons that must exist before the first node joins. All three are DaemonSets: without nodes they are complete at once,
 * and a node without them never becomes ready.
 */
export class AwsCoreAddons extends BlueprintComponent {
  constructor(name: string, args: AwsCoreAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { spec, cluster } = args;
    super("cluster", "AwsCoreAddons", name, args, {}, opts);
    const addon = (key: AddonName, more: Partial<aws.eks.AddonArgs>, after: pulumi.Resource[]) =>
      new aws.eks.Addon(
        this.named(key),
        { ...addonArgs(key, spec, cluster.name), ...more },
        this.child({ dependsOn: after }),
      );

    // It uses the host network, so it runs before there is a pod network, and provides the CNI's role.
    const agent = addon("eks-pod-identity-agent", {}, []);
    addon("kube-proxy", {}, []);
    const role = new AwsPodRole(
      this.named("vpc-cni-role"),
      {
        ownership: args.ownership,
        cluster: { name: spec.name, arn: cluster.arn },
        purpose: "vpc-cni",
        namespace: "kube-system",
        serviceAccount: "aws-node",
        managedPolicies: ["AmazonEKS_CNI_Policy"],
      },
      this.child(),
    );
    addon(
      "vpc-cni",
      {
        podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role.arn }],
        configurationValues: JSON.stringify(vpcCniConfiguration),
      },
      [agent, role],
    );
    this.registerOutputs({});
  }
}

/** Enforces network policies, and assigns addresses in /28 prefixes for more pods per node and fewer EC2 calls. */
const vpcCniConfiguration = {
  enableNetworkPolicy: "true",
  env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
};

/** The arguments that all add-ons share: the pinned version unless the manifest names another; our settings overwrite others. */
export function addonArgs(
  key: AddonName,
  spec: AwsClusterSpec,
  clusterName: pulumi.Input<string>,
): aws.eks.AddonArgs {
  return {
    clusterName,
    addonName: key,
    addonVersion: spec.addons[key] ?? addonVersions[spec.version][key],
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
  };
}
