import type * as pulumi from "@pulumi/pulumi";
import { AwsIdentity, type AwsIdentityArgs } from "./aws.ts";
import { GcpIdentity, type GcpIdentityArgs } from "./gcp.ts";
import { OnpremIdentity, type OnpremIdentityArgs } from "./onprem.ts";

export type Identity = AwsIdentity | GcpIdentity | OnpremIdentity;

type AwsArgs = { readonly cloud: "aws" } & AwsIdentityArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpIdentityArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremIdentityArgs;

/** The arguments of one cloud's identities, distinguished by `cloud`. */
export type IdentityArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The identities of a cell's workloads on its cloud; on-premises, in the clouds that they access.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createIdentity(name: string, args: AwsArgs, opts?: Options): AwsIdentity;
export function createIdentity(name: string, args: GcpArgs, opts?: Options): GcpIdentity;
export function createIdentity(name: string, args: OnpremArgs, opts?: Options): OnpremIdentity;
export function createIdentity(name: string, args: IdentityArgs, opts?: Options): Identity {
  switch (args.cloud) {
    case "aws":
      return new AwsIdentity(name, args, opts);
    case "gcp":
      return new GcpIdentity(name, args, opts);
    case "onprem":
      return new OnpremIdentity(name, args, opts);
  }
}
