import type * as pulumi from "@pulumi/pulumi";
import { amiAlias, rootDevice, rootVolumeGiB } from "./aws-images.ts";

/** Version and kind of what says how Karpenter's machines look. */
export const nodeClassKind = { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" } as const;

export interface NodeClassFacts {
  /** Name, not ARN; Karpenter makes the instance profile around it. */
  readonly nodeRoleName: pulumi.Input<string>;
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly volumesKeyArn: pulumi.Input<string>;
  /** On every machine, disk and network interface, for the bill. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The pods that Kubernetes is tested with on one node. Without it, Karpenter counts the addresses that a machine has without
 * blocks of 16, and small machines take few pods.
 */
const maxPods = 110;

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
    kubelet: { maxPods },
    tags: facts.tags,
  };
}
