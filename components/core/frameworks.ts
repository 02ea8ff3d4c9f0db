/** The compliance frameworks of an environment, by the ids that manifests, controls and reports use. */
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
