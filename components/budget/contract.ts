import type * as pulumi from "@pulumi/pulumi";

/** The outputs of a budget on every cloud. */
export interface BudgetContract {
  readonly cloud: "aws" | "gcp";
  /** Its name in the cloud. */
  readonly budgetName: pulumi.Output<string>;
}
