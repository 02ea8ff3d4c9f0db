import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsIdentity, type AwsIdentityArgs } from "./aws.ts";
import { GcpIdentity, type GcpIdentityArgs } from "./gcp.ts";

/** What the identities of every cell have. */
export interface IdentityContract {
  readonly cloud: Cloud;
  /**
   * What each workload acts as, by its key, there once it may do what it was granted: the ARN of a role on AWS, a member of
   * IAM policies on GCP.
   */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
}

export type Identity = AwsIdentity | GcpIdentity;

type AwsArgs = { readonly cloud: "aws" } & AwsIdentityArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpIdentityArgs;

/** The arguments of one cloud's identities, told apart by `cloud`. */
export type IdentityArgs = AwsArgs | GcpArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The identities of a cell's workloads on its cloud.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createIdentity(name: string, args: AwsArgs, opts?: Options): AwsIdentity;
export function createIdentity(name: string, args: GcpArgs, opts?: Options): GcpIdentity;
export function createIdentity(name: string, args: IdentityArgs, opts?: Options): Identity {
  switch (args.cloud) {
    case "aws":
      return new AwsIdentity(name, args, opts);
    case "gcp":
      return new GcpIdentity(name, args, opts);
  }
}
