import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** What the identities of every cell have. */
export interface IdentityContract {
  readonly cloud: Cloud;
  /**
   * What each workload acts as, by its key, there once it may do what it was granted: the ARN of a role on AWS, a member of
   * IAM policies on GCP. On premises, roles of AWS; members on GCP stand in `members`.
   */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
  /** On premises, the members of Google's IAM policies that workloads are there. */
  readonly members?: Readonly<Record<string, pulumi.Output<string>>>;
}
