import type * as pulumi from "@pulumi/pulumi";
import { AwsBudget, type AwsBudgetArgs } from "./aws.ts";
import { GcpBudget, type GcpBudgetArgs } from "./gcp.ts";

export type Budget = AwsBudget | GcpBudget;

type AwsArgs = { readonly cloud: "aws" } & AwsBudgetArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpBudgetArgs;

/** The arguments of one cloud's budget, distinguished by `cloud`. */
export type BudgetArgs = AwsArgs | GcpArgs;

type Options = pulumi.ComponentResourceOptions;

/** The budget of an environment, or of a cell when the ownership names one, on its cloud. */
export function createBudget(name: string, args: AwsArgs, opts?: Options): AwsBudget;
export function createBudget(name: string, args: GcpArgs, opts?: Options): GcpBudget;
export function createBudget(name: string, args: BudgetArgs, opts?: Options): Budget {
  switch (args.cloud) {
    case "aws":
      return new AwsBudget(name, args, opts);
    case "gcp":
      return new GcpBudget(name, args, opts);
  }
}
