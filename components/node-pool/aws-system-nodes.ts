import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsCluster } from "../cluster/aws.ts";
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
  readonly cluster: AwsCluster;
  readonly role: AwsNodeRole;
}

/** A managed node group on demand: where Karpenter, DNS and the other controllers run, and the one thing Karpenter does not make. */
export class AwsSystemNodes extends BlueprintComponent {
  constructor(name: string, args: AwsSystemNodesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("node-pool", "AwsSystemNodes", name, args, { pool: args.key, ...args.pool }, opts);
    const template = this.#launchTemplate(args);
    const wanted = nodeGroupArgs(args, template);
    new aws.eks.NodeGroup(
      this.named(),
      wanted,
      this.child({ ignoreChanges: ["scalingConfig.desiredSize"] }),
    );
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
          // One hop: pods are one further away, so they cannot take the node's role.
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
            // Named, because an interface without groups gets the network's default one, which lets nothing through.
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
  // A zone more means another subnet; which one it is may not be known yet.
  const subnets = String(cluster.privateSubnetIds.length);
  return {
    clusterName: cluster.clusterName,
    nodeGroupName: physicalName("eks-node-group", [
      key,
      generation([amiType, subnets, ...instanceTypes]),
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
 * Part of the group's name that changes whenever the group has to be replaced, so that the new one can stand before the old one
 * goes: two groups of one name cannot.
 */
function generation(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join(",")).digest("hex").slice(0, 6);
}
