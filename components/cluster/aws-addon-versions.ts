import type { EksVersion } from "./versions.ts";

/** The EKS add-ons that every cluster of the blueprint runs. */
export const addonNames = [
  "vpc-cni",
  "kube-proxy",
  "eks-pod-identity-agent",
  "coredns",
  "aws-ebs-csi-driver",
] as const;

export type AddonName = (typeof addonNames)[number];

const everyVersion = {
  // 1.22.4 is also the first with network policy agent 1.4.0, the fix for CVE-2026-86831: before it, the policies of one
  // namespace could apply to another.
  "vpc-cni": "v1.22.4-eksbuild.3",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
} as const;

/**
 * The pinned version of each add-on for each Kubernetes version: the default of `aws eks describe-addon-versions` on
 * 2026-09-24. Pinned, because the version would otherwise depend on the day a cluster is created.
 */
export const addonVersions: Readonly<Record<EksVersion, Readonly<Record<AddonName, string>>>> = {
  "1.34": { ...everyVersion, "kube-proxy": "v1.34.6-eksbuild.29", coredns: "v1.12.4-eksbuild.38" },
  "1.35": { ...everyVersion, "kube-proxy": "v1.35.3-eksbuild.29", coredns: "v1.13.2-eksbuild.31" },
  "1.36": { ...everyVersion, "kube-proxy": "v1.36.0-eksbuild.25", coredns: "v1.14.3-eksbuild.23" },
};
