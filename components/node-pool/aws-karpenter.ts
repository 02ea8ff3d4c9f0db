import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { AwsPodRole } from "../cluster/aws-pod-role.ts";
import type { AwsClusterOutputs } from "../cluster/contract.ts";
import { physicalClusterName } from "../cluster/facts-schema.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { AwsInterruptionQueue } from "./aws-interruption.ts";
import { karpenterPolicies } from "./aws-karpenter-policy.ts";
import { AwsNodeRole } from "./aws-node-role.ts";
import { classLabel } from "./labels.ts";

/**
 * The first release that is tested with Kubernetes 1.34 to 1.36 and with this policy. Source: compatibility matrix of
 * Karpenter's documentation, 2026-08-20.
 */
export const karpenterVersion = "1.14.1";

const namespace = "kube-system";
const serviceAccount = "karpenter";

export interface AwsKarpenterArgs extends ComponentArgs {
  readonly cluster: AwsClusterOutputs;
  /** Nodes for the controller. */
  readonly systemNodes: number;
}

/**
 * Karpenter: its IAM role, its interruption queue and its charts. It runs in `kube-system`, whose requests have a higher priority in
 * the API server.
 */
export class AwsKarpenter extends BlueprintComponent {
  /** The role of Karpenter's nodes. */
  readonly nodeRole: AwsNodeRole;

  constructor(name: string, args: AwsKarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("node-pool", "AwsKarpenter", name, args, {}, opts);
    const { cluster, ownership } = args;
    const clusterName = cluster.spec.name;
    const queue = new AwsInterruptionQueue(
      this.named("interruptions"),
      { ownership, clusterName },
      this.child(),
    );
    this.nodeRole = new AwsNodeRole(
      this.named("nodes"),
      { ownership, clusterName, nodes: "karpenter" },
      this.child(),
    );
    // EKS creates access entries for managed node groups, but not for Karpenter's nodes.
    const access = new aws.eks.AccessEntry(
      this.named("nodes"),
      { clusterName: cluster.clusterName, principalArn: this.nodeRole.arn, type: "EC2_LINUX" },
      this.child(),
    );
    const identity = this.#identity(args, queue);
    this.#charts(args, queue, [queue, access, identity]);
    this.registerOutputs({});
  }

  #identity(
    { cluster, ownership }: AwsKarpenterArgs,
    queue: AwsInterruptionQueue,
  ): pulumi.Resource {
    const role = new AwsPodRole(
      this.named("controller"),
      {
        ownership,
        cluster: { name: cluster.spec.name, arn: cluster.arn },
        purpose: "karpenter",
        namespace,
        serviceAccount,
        policies: karpenterPolicies({
          cluster: { ...cluster.spec, name: physicalClusterName(cluster.spec) },
          nodeRoleArn: this.nodeRole.arn,
          queueArn: queue.arn,
          volumesKeyArn: cluster.volumesKeyArn,
        }),
      },
      this.child(),
    );
    return new aws.eks.PodIdentityAssociation(
      this.named("controller"),
      { clusterName: cluster.clusterName, namespace, serviceAccount, roleArn: role.arn },
      this.child({ dependsOn: role }),
    );
  }

  #charts(args: AwsKarpenterArgs, queue: AwsInterruptionQueue, after: pulumi.Resource[]): void {
    const { cluster } = args;
    const crds = new kubernetes.helm.v3.Release(
      this.named("crds"),
      {
        name: "karpenter-crd",
        chart: "oci://public.ecr.aws/karpenter/karpenter-crd",
        version: karpenterVersion,
        namespace,
      },
      this.child({ provider: cluster.provider }),
    );
    new kubernetes.helm.v3.Release(
      this.named(),
      {
        name: "karpenter",
        chart: "oci://public.ecr.aws/karpenter/karpenter",
        version: karpenterVersion,
        namespace,
        // A failed release is rolled back, so that the next run starts clean.
        atomic: true,
        // The CRDs have their own chart: Helm does not update CRDs of an installed chart.
        skipCrds: true,
        values: {
          serviceAccount: { name: serviceAccount },
          // Its replicas have anti-affinity; one without a separate node would stay pending.
          replicas: Math.min(2, args.systemNodes),
          nodeSelector: { "kubernetes.io/os": "linux", [classLabel]: "system" },
          controller: {
            // Pods cannot read the region from instance metadata: the hop limit is 1.
            env: [{ name: "AWS_REGION", value: cluster.spec.region }],
            resources: {
              requests: { cpu: "500m", memory: "1Gi" },
              limits: { memory: "1Gi" },
            },
          },
          settings: {
            clusterName: cluster.clusterName,
            clusterEndpoint: cluster.endpoint,
            interruptionQueue: queue.queueName,
            eksControlPlane: true,
            enableZonalShift: true,
          },
        },
      },
      this.child({ provider: cluster.provider, dependsOn: [crds, ...after] }),
    );
  }
}
