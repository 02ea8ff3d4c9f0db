/** The frameworks an environment can claim; manifests, controls and reports name them by these ids. */
export const frameworkIds = [
  "soc2",
  "pci-dss-4",
  "hipaa",
  "gdpr",
  "ccpa",
  "sox",
  "cis-aws",
  "cis-gcp",
  "cis-eks",
  "cis-gke",
  "cis-kubernetes",
] as const;

export type FrameworkId = (typeof frameworkIds)[number];
