import type * as pulumi from "@pulumi/pulumi";
import { AwsBudget, type AwsBudgetArgs } from "./aws.ts";
import { GcpBudget, type GcpBudgetArgs } from "./gcp.ts";

/** What the budget of every cloud has. */
export interface BudgetContract {
  readonly cloud: "aws" | "gcp";
  /** What the cloud calls it. */
  readonly budgetName: pulumi.Output<string>;
}

export type Budget = AwsBudget | GcpBudget;

/** The arguments of one cloud's budget, told apart by `cloud`. */
export type BudgetArgs =
  | ({ readonly cloud: "aws" } & AwsBudgetArgs)
  | ({ readonly cloud: "gcp" } & GcpBudgetArgs);

/** The budget of an environment, or of a cell where the ownership names one, on its cloud. */
export function createBudget(
  name: string,
  args: { readonly cloud: "aws" } & AwsBudgetArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsBudget;
export function createBudget(
  name: string,
  args: { readonly cloud: "gcp" } & GcpBudgetArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpBudget;
export function createBudget(
  name: string,
  args: BudgetArgs,
  opts?: pulumi.ComponentResourceOptions,
): Budget {
  switch (args.cloud) {
    case "aws":
      return new AwsBudget(name, args, opts);
    case "gcp":
      return new GcpBudget(name, args, opts);
  }
}
