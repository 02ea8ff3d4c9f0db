import type * as pulumi from "@pulumi/pulumi";
import type { Purpose } from "./schema.ts";

/** What the keys of every cloud have. */
export interface KeysContract {
  readonly cloud: "aws" | "gcp";
  /** What a resource of the cloud takes as its key: an ARN on AWS, a resource name on GCP. */
  readonly references: Readonly<Record<Purpose, pulumi.Output<string>>>;
}
