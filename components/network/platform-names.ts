/** Names that the platform itself reaches, in every allow-list. Full names only, because Google Cloud supports no wildcards. */

/**
 * Image registries of the platform, and the hosts that they redirect to. Sources: GitHub ("Working with the Container
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
  /** Kubernetes' own registry. It redirects to Artifact Registry on Google Cloud and S3 on AWS, through private endpoints. */
  kubernetes: ["registry.k8s.io"],
  /** Valkey. */
  docker: ["registry-1.docker.io", "auth.docker.io", "production.cloudflare.docker.com"],
} as const;

export const platformNames: readonly string[] = Object.values(registries).flat();

/**
 * Names that nodes need for the control plane and AWS services. public.ecr.aws, for example for Karpenter's image, redirects to the
 * last two. Source: EKS Anywhere documentation, list of domains.
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
