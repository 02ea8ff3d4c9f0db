import type * as pulumi from "@pulumi/pulumi";
import type { Purpose } from "./schema.ts";

/** The common interface of the keys on every cloud. */
export interface KeysContract {
  readonly cloud: "aws" | "gcp";
  /** Each key in the form that resources of the cloud accept: an ARN on AWS, a resource name on GCP. */
  readonly references: Readonly<Record<Purpose, pulumi.Output<string>>>;
}
