/**
 * Where registry.k8s.io redirects to. Manifests come from Artifact Registry in the region where the request arrives, layers from S3 except
 * inside of Google Cloud: inside of an AWS region from that region's bucket, elsewhere from one nearby. Sources: kubernetes/registry.k8s.io,
 * cmd/archeio (2026), and its deployment in kubernetes/k8s.io. The project promises none of these names: mirror images that must always be
 * available.
 */

/** The regions of Google Cloud that answer. */
const answering = [
  "asia-east1",
  "asia-northeast1",
  "asia-northeast2",
  "asia-south1",
  "australia-southeast1",
  "europe-north1",
  "europe-southwest1",
  "europe-west1",
  "europe-west2",
  "europe-west4",
  "europe-west8",
  "europe-west9",
  "southamerica-west1",
  "us-central1",
  "us-east1",
  "us-east4",
  "us-east5",
  "us-south1",
  "us-west1",
  "us-west2",
];

/** Names that serve manifests. */
export const registryMirrors: readonly string[] = answering.map(
  (region) => `${region}-docker.pkg.dev`,
);

/** Regions whose bucket does not have its usual name; undefined if there is none, and the one of another region serves. */
const others: Readonly<Record<string, string | undefined>> = {
  "ap-east-2": undefined,
  "eu-west-2": "767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2",
};

/** The bucket that serves layers inside of an AWS region. */
export function registryBucketOf(region: string): string | undefined {
  return region in others ? others[region] : `prod-registry-k8s-io-${region}`;
}

/** The regions of AWS whose buckets serve layers to the rest of the world. */
const outside = [
  "ap-northeast-1",
  "ap-south-1",
  "ap-southeast-1",
  "eu-central-1",
  "eu-west-2",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** Names of buckets that serve layers outside of AWS and Google Cloud. */
export const registryBuckets: readonly string[] = outside.map(
  (region) => `${registryBucketOf(region)}.s3.dualstack.${region}.amazonaws.com`,
);
