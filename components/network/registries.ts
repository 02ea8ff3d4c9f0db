/**
 * Image registries, and where they redirect pulls to. Lists of allowed names and policies of endpoints are derived from this table. Names
 * are full where possible, because Google Cloud supports no wildcards.
 */
import { registryBucketOf, registryBuckets, registryMirrors } from "./kubernetes-registry.ts";

type Cloud = "aws" | "gcp" | "onprem";

interface Registry {
  /** Names in images and of the sign-in. */
  readonly hosts: readonly string[];
  /** Names that serve manifests and layers instead. */
  readonly redirects: readonly string[];
  /** The S3 bucket that serves a pull from inside of an AWS region, through the cell's endpoint. */
  readonly bucket?: (region: string) => string | undefined;
  /** The clouds where the platform's own images come from it. */
  readonly platform: readonly Cloud[];
}

const everywhere = ["aws", "gcp", "onprem"] as const;

const registries = {
  /** EKS add-ons. Source: Amazon ECR user guide, "Minimum Amazon S3 bucket permissions". */
  amazon: {
    hosts: ["*.amazonaws.com"],
    redirects: [],
    bucket: (region) => `prod-${region}-starport-layer-bucket`,
    platform: ["aws"],
  },
  /** Karpenter. Source: EKS Anywhere documentation, list of domains. */
  amazonPublic: {
    hosts: ["public.ecr.aws"],
    redirects: ["d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"],
    platform: ["aws"],
  },
  /** Valkey. Source: Docker, "Allowlist for Docker Desktop"; layers come from CloudFront since 2026-05, from Cloudflare before. */
  docker: {
    hosts: ["docker.io", "registry-1.docker.io", "auth.docker.io"],
    redirects: [
      "production.cloudfront.docker.com",
      "production.cloudflare.docker.com",
      "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
    ],
    platform: everywhere,
  },
  /** CloudNativePG, External Secrets. Source: GitHub, "Working with the Container registry". */
  github: {
    hosts: ["ghcr.io"],
    redirects: ["pkg-containers.githubusercontent.com"],
    platform: everywhere,
  },
  /** Source: GitLab, "Container registry". */
  gitlab: {
    hosts: ["registry.gitlab.com"],
    redirects: ["cdn.registry.gitlab-static.net"],
    platform: [],
  },
  /** Source: Google, "Container Registry". Artifact Registry (pkg.dev) serves layers itself. */
  google: { hosts: ["gcr.io"], redirects: ["storage.googleapis.com"], platform: [] },
  /** Kubernetes' own images. See kubernetes-registry.ts. */
  kubernetes: {
    hosts: ["registry.k8s.io"],
    redirects: [...registryMirrors, ...registryBuckets],
    bucket: registryBucketOf,
    platform: everywhere,
  },
  /** Source: Microsoft Artifact Registry, "Client firewall rules". */
  microsoft: {
    hosts: ["mcr.microsoft.com"],
    redirects: ["*.data.mcr.microsoft.com"],
    platform: [],
  },
  /**
   * Strimzi, cert-manager, Apicurio. Source: Red Hat, "Configuring your firewall". In us-east-1 it redirects to its bucket.
   */
  quay: {
    hosts: ["quay.io"],
    redirects: [
      "cdn.quay.io",
      ...["01", "02", "03", "04", "05", "06"].map((number) => `cdn${number}.quay.io`),
    ],
    bucket: (region) => (region === "us-east-1" ? "quayio-production-s3" : undefined),
    platform: everywhere,
  },
} as const satisfies Record<string, Registry>;

const all: readonly Registry[] = Object.values(registries);

/** Names that another way than the network's egress already reaches. */
const reached: Readonly<Record<Cloud, RegExp>> = {
  // Covered by the names that nodes need.
  aws: /\.(amazonaws\.com|aws)$/,
  // Resolved to the cell's private endpoint for Google APIs.
  gcp: /\.(amazonaws\.com|pkg\.dev|gcr\.io|googleapis\.com)$|^gcr\.io$/,
  onprem: /^$/,
};

function namesOf({ hosts, redirects }: Registry, cloud: Cloud): string[] {
  return [...hosts, ...redirects].filter((name) => !reached[cloud].test(name));
}

/** The registries' names that the platform itself reaches on a cloud. */
export function platformNames(cloud: Cloud): readonly string[] {
  const own = all.filter(({ platform }) => platform.includes(cloud));
  return own.flatMap((registry) => namesOf(registry, cloud));
}

/**
 * The names that a manifest allows, with those that an allowed registry redirects to. On Google Cloud without wildcards: it does not
 * support them.
 */
export function withRedirects(allowed: readonly string[], cloud: Cloud): readonly string[] {
  const more = all
    .filter(({ hosts }) => hosts.some((host) => allowed.includes(host)))
    .flatMap((registry) => namesOf(registry, cloud))
    .filter((name) => cloud !== "gcp" || !name.startsWith("*."));
  return [...new Set([...allowed, ...more])];
}

/** The S3 buckets that serve the platform's images inside of a region. */
export function imageBuckets(region: string): string[] {
  return all.flatMap(({ bucket, platform }) =>
    platform.includes("aws") ? (bucket?.(region) ?? []) : [],
  );
}

/** Names that nodes need for the control plane and AWS services. */
export const awsNames: readonly string[] = [
  "*.amazonaws.com",
  "*.aws",
  "*.aws.dev",
  "*.compute.internal",
  "*.ec2.internal",
];
