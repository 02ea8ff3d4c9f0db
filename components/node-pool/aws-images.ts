import type { EksVersion } from "../cluster/versions.ts";
import type { Architecture } from "./pool-schema.ts";

/**
 * The release of the EKS-optimised Amazon Linux 2023 images that all nodes run. Pinned by date: with `latest`, every
 * release would replace nodes untested. Source: releases of awslabs/amazon-eks-ami, 2026-10-02.
 */
const release = "20260930";

/** Karpenter's AMI alias for these images. */
export const amiAlias = `al2023@v${release}`;

/** The patch release of Kubernetes in the image for each minor version. */
const patches: Readonly<Record<EksVersion, string>> = {
  "1.34": "1.34.11",
  "1.35": "1.35.8",
  "1.36": "1.36.4",
};

/** `releaseVersion` of a managed node group. */
export function releaseVersion(version: EksVersion): string {
  return `${patches[version]}-${release}`;
}

/** `amiType` of a managed node group. */
export const amiTypes: Readonly<Record<Architecture, string>> = {
  amd64: "AL2023_x86_64_STANDARD",
  arm64: "AL2023_ARM_64_STANDARD",
};

/** The root device of these images. */
export const rootDevice = "/dev/xvda";

/** Size of a node's disk in GiB, for images and logs. Data is on separate volumes. */
export const rootVolumeGiB = 50;
