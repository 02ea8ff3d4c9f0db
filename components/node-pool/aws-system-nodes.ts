import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsClusterOutputs } from "../cluster/contract.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { physicalName } from "../core/naming.ts";
import { tagsOf } from "../core/tags.ts";
import { amiTypes, releaseVersion, rootDevice, rootVolumeGiB } from "./aws-images.ts";
import { steadyTypes } from "./aws-instances.ts";
import type { AwsNodeRole } from "./aws-node-role.ts";
import type { AwsPool } from "./aws-schema.ts";
import { nodeLabels } from "./labels.ts";

export interface AwsSystemNodesArgs extends ComponentArgs {
  readonly key: string;
  readonly pool: AwsPool;
  readonly cluster: AwsClusterOutputs;
  readonly role: AwsNodeRole;
}

/** An on-demand managed node group for Karpenter, DNS and the other controllers. Karpenter does not manage it. */
export class AwsSystemNodes extends BlueprintComponent {
  constructor(name: string, args: AwsSystemNodesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("node-pool", "AwsSystemNodes", name, args, { pool: args.key, ...args.pool }, opts);
    const template = this.#launchTemplate(args);
    const wanted = nodeGroupArgs(args, template);
    new aws.eks.NodeGroup(this.named(), wanted, this.child());
    this.registerOutputs({});
  }

  #launchTemplate({ key, cluster, ownership }: AwsSystemNodesArgs): aws.ec2.LaunchTemplate {
    const tags = { ...tagsOf(ownership, "node-pool"), Name: `${cluster.spec.name}-${key}` };
    return new aws.ec2.LaunchTemplate(
      this.named(),
      {
        name: physicalName("launch-template", [cluster.spec.name, key]),
        updateDefaultVersion: true,
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          // A hop limit of 1: pods cannot use the node's role.
          httpPutResponseHopLimit: 1,
          instanceMetadataTags: "disabled",
        },
        blockDeviceMappings: [
          {
            deviceName: rootDevice,
            ebs: {
              volumeType: "gp3",
              volumeSize: rootVolumeGiB,
              encrypted: "true",
              kmsKeyId: cluster.volumesKeyArn,
              deleteOnTermination: "true",
            },
          },
        ],
        networkInterfaces: [
          {
            deviceIndex: 0,
            associatePublicIpAddress: "false",
            deleteOnTermination: "true",
            // Explicit, because the default security group of the VPC has no rules.
            securityGroups: [cluster.clusterSecurityGroupId],
          },
        ],
        monitoring: { enabled: true },
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags,
        })),
      },
      this.child(),
    );
  }
}

function nodeGroupArgs(
  { key, pool, cluster, role }: AwsSystemNodesArgs,
  template: aws.ec2.LaunchTemplate,
): aws.eks.NodeGroupArgs {
  const [architecture = "amd64"] = pool.architectures;
  const amiType = amiTypes[architecture];
  const instanceTypes = steadyTypes(pool);
  return {
    clusterName: cluster.clusterName,
    nodeGroupName: physicalName("eks-node-group", [
      key,
      generation([amiType, cluster.subnetSet, ...instanceTypes]),
    ]),
    nodeRoleArn: role.arn,
    subnetIds: [...cluster.privateSubnetIds],
    capacityType: "ON_DEMAND",
    amiType,
    version: cluster.spec.version,
    releaseVersion: releaseVersion(cluster.spec.version),
    instanceTypes,
    launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
    scalingConfig: {
      minSize: pool.size.min,
      // Nothing scales the group. EKS refuses a minimum above the desired size, so both change together.
      desiredSize: pool.size.min,
      maxSize: pool.size.max,
    },
    updateConfig: { maxUnavailablePercentage: 33 },
    nodeRepairConfig: { enabled: true },
    labels: nodeLabels(key, pool),
    taints: [{ key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" }],
  };
}

/**
 * A part of the group's name that changes with every replacement, so that the new group can be created before the old one is deleted:
 * names are unique.
 */
function generation(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join(",")).digest("hex").slice(0, 6);
}
