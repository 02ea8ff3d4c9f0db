import type * as pulumi from "@pulumi/pulumi";
import { amiAlias, rootDevice, rootVolumeGiB } from "./aws-images.ts";

/** API version and kind of Karpenter's EC2NodeClass. */
export const nodeClassKind = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" } as const;

/** The only EC2NodeClass: pools differ in instance types, not in their configuration. */
export const nodeClassName = "atoll";

export interface NodeClassFacts {
  /** Name, not ARN. Karpenter creates the instance profile for it. */
  readonly nodeRoleName: pulumi.Input<string>;
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly volumesKeyArn: pulumi.Input<string>;
  /** Whether the network plugin assigns /28 prefixes to nodes. */
  readonly prefixes: boolean;
  /** Tags of every instance, volume and network interface, for cost allocation. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The tested maximum of Kubernetes. Without it, Karpenter calculates with single addresses instead of /28 prefixes, and small instances
 * get few pods.
 */
export const maxPods = 110;

/** `spec` of the EC2NodeClass that all pools share. */
export function nodeClassSpec(facts: NodeClassFacts) {
  return {
    role: facts.nodeRoleName,
    amiSelectorTerms: [{ alias: amiAlias }],
    subnetSelectorTerms: facts.privateSubnetIds.map((id) => ({ id })),
    securityGroupSelectorTerms: [{ id: facts.securityGroupId }],
    associatePublicIPAddress: false,
    metadataOptions: {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
    },
    blockDeviceMappings: [
      {
        deviceName: rootDevice,
        rootVolume: true,
        ebs: {
          volumeType: "gp3",
          volumeSize: `${rootVolumeGiB}Gi`,
          encrypted: true,
          kmsKeyID: facts.volumesKeyArn,
          deleteOnTermination: true,
        },
      },
    ],
    detailedMonitoring: true,
    // Without prefixes, Karpenter's own calculation is right.
    ...(facts.prefixes && { kubelet: { maxPods } }),
    tags: facts.tags,
  };
}
