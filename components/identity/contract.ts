import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";

/** The outputs of the identities of every cell. */
export interface IdentityContract {
  readonly cloud: Cloud;
  /**
   * The principal of each workload, by its key, known after its permissions are granted: the ARN of a role on AWS, a member of
   * IAM policies on GCP. On-premises, AWS roles; `members` has the GCP members.
   */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
  /** On-premises, the workloads' members of Google IAM policies. */
  readonly members?: Readonly<Record<string, pulumi.Output<string>>>;
}
