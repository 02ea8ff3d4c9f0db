/** Names that the platform itself reaches, which every allow-list holds. Whole names: Google's firewall knows no other. */

/**
 * Registries that images of the platform come from, and where they send whoever pulls. Sources: GitHub ("Working with the Container
 * registry"), Red Hat ("Configuring your firewall", for Quay), Docker ("Allowlist for Docker Desktop").
 */
const registries = {
  /** CloudNativePG, External Secrets. */
  github: ["ghcr.io", "pkg-containers.githubusercontent.com"],
  /** Strimzi, cert-manager, Apicurio. */
  quay: [
    "quay.io",
    "cdn.quay.io",
    "cdn01.quay.io",
    "cdn02.quay.io",
    "cdn03.quay.io",
    "cdn04.quay.io",
    "cdn05.quay.io",
    "cdn06.quay.io",
  ],
  /** Kubernetes' own; what it sends to is Artifact Registry on Google Cloud and S3 on AWS, by private ways. */
  kubernetes: ["registry.k8s.io"],
  /** Valkey. */
  docker: ["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com"],
} as const;

export const platformNames: readonly string[] = Object.values(registries).flat();

/**
 * Names without which nodes find neither their control plane nor the services of AWS. The last two are where public.ecr.aws sends
 * whoever pulls from it, Karpenter's image for one: documentation of EKS Anywhere, list of domains.
 */
export const awsNames: readonly string[] = [
  "*.amazonaws.com",
  "*.aws",
  "*.aws.dev",
  "*.compute.internal",
  "*.ec2.internal",
  "d2glxqk2uabbnd.cloudfront.net",
  "d5l0dvt14r5h8.cloudfront.net",
];
