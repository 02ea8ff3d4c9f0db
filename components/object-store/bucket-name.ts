import { nameIn, type Place } from "../core/place.ts";

/**
 * The physical name of a bucket. Names of buckets are taken worldwide, so the account or project is a part of them; and they
 * are known before the bucket is, so that cells can name each other's.
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
