import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { addonArgs } from "../cluster/aws-addons.ts";
import { AwsPodRole } from "../cluster/aws-pod-role.ts";
import type { AwsClusterOutputs } from "../cluster/contract.ts";
import type { AwsClusterSpec } from "../cluster/schema.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { volumesKeyStatements } from "./aws-volumes-key.ts";
import { classLabel } from "./labels.ts";

export interface AwsSystemAddonsArgs extends ComponentArgs {
  readonly cluster: AwsClusterOutputs;
  /** The settings of a cluster that Atoll created. */
  readonly spec: AwsClusterSpec;
}

/** DNS and the EBS CSI driver. They need nodes to run on: created before, they would fail with a timeout. */
export class AwsSystemAddons extends BlueprintComponent {
  constructor(name: string, args: AwsSystemAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("node-pool", "AwsSystemAddons", name, args, {}, opts);
    const { cluster, spec } = args;
    new aws.eks.Addon(
      this.named("coredns"),
      {
        ...addonArgs("coredns", spec, cluster.clusterName),
        configurationValues: JSON.stringify({
          ...onSystemNodes,
          autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
        }),
      },
      this.child(),
    );
    const driver = this.#volumes(args);
    new kubernetes.storage.v1.StorageClass(
      this.named("gp3"),
      {
        metadata: {
          name: "gp3",
          annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
        },
        provisioner: "ebs.csi.aws.com",
        // A volume can be attached only in its own zone: wait until the pod is scheduled.
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: this.retain ? "Retain" : "Delete",
        parameters: {
          type: "gp3",
          encrypted: "true",
          kmsKeyId: cluster.volumesKeyArn,
          "csi.storage.k8s.io/fstype": "ext4",
        },
      },
      this.child({ provider: cluster.provider, dependsOn: driver }),
    );
    this.registerOutputs({});
  }

  #volumes({ cluster, spec, ownership }: AwsSystemAddonsArgs): aws.eks.Addon {
    const serviceAccount = "ebs-csi-controller-sa";
    const role = new AwsPodRole(
      this.named("ebs-csi-role"),
      {
        ownership,
        cluster: { name: spec.name, arn: cluster.arn },
        purpose: "ebs-csi",
        namespace: "kube-system",
        serviceAccount,
        // Unlike the first version of this policy, its path is not `service-role/`. Source: AWS managed policy reference.
        managedPolicies: ["AmazonEBSCSIDriverPolicyV2"],
        policies: {
          "volumes-key": volumesKeyStatements(cluster.volumesKeyArn, spec.region),
        },
      },
      this.child(),
    );
    return new aws.eks.Addon(
      this.named("aws-ebs-csi-driver"),
      {
        ...addonArgs("aws-ebs-csi-driver", spec, cluster.clusterName),
        podIdentityAssociations: [{ serviceAccount, roleArn: role.arn }],
        configurationValues: JSON.stringify({
          controller: onSystemNodes,
          defaultStorageClass: { enabled: false },
        }),
      },
      this.child({ dependsOn: role }),
    );
  }
}

const onSystemNodes = {
  nodeSelector: { [classLabel]: "system" },
  tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
};
