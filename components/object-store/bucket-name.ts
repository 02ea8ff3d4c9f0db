import { nameIn, type Place } from "../core/place.ts";

/**
 * The physical name of a bucket. Bucket names are globally unique, so the account or project is a part of them. They are known before
 * the bucket exists, so that cells can reference each other's buckets.
 *
 * @example bucketName("aws", { environment: "prod", cell: "aws-use1" }, "uploads", "111122223333")
 *   // "prod-aws-use1-uploads-111122223333"
 */
export function bucketName(cloud: "aws" | "gcp", place: Place, key: string, owner: string): string {
  return nameIn(place, cloud === "aws" ? "s3-bucket" : "gcs-bucket", key, owner);
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}
