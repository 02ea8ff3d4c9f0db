import type * as pulumi from "@pulumi/pulumi";
import { AwsDeployers, type AwsDeployersArgs } from "./aws-deployers.ts";
import { GcpDeployers, type GcpDeployersArgs } from "./gcp-deployers.ts";

export type Deployers = AwsDeployers | GcpDeployers;

type AwsArgs = { readonly cloud: "aws" } & AwsDeployersArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpDeployersArgs;

/** The arguments of one cloud's deployers, distinguished by `cloud`. On-premises jobs use a kubeconfig. */
export type DeployersArgs = AwsArgs | GcpArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The identities of CI jobs that deploy into an account or a project.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createDeployers(name: string, args: AwsArgs, opts?: Options): AwsDeployers;
export function createDeployers(name: string, args: GcpArgs, opts?: Options): GcpDeployers;
export function createDeployers(name: string, args: DeployersArgs, opts?: Options): Deployers {
  switch (args.cloud) {
    case "aws":
      return new AwsDeployers(name, args, opts);
    case "gcp":
      return new GcpDeployers(name, args, opts);
  }
}
