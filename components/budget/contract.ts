import type * as pulumi from "@pulumi/pulumi";

/** What the budget of every cloud has. */
export interface BudgetContract {
  readonly cloud: "aws" | "gcp";
  /** What the cloud calls it. */
  readonly budgetName: pulumi.Output<string>;
}
