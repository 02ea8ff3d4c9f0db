import type * as pulumi from "@pulumi/pulumi";
import { AwsPrivateDns, type AwsPrivateDnsArgs } from "./aws.ts";
import { GcpPrivateDns, type GcpPrivateDnsArgs } from "./gcp.ts";
import { OnpremPrivateDns, type OnpremPrivateDnsArgs } from "./onprem.ts";

export type PrivateDns = AwsPrivateDns | GcpPrivateDns | OnpremPrivateDns;

type AwsArgs = { readonly cloud: "aws" } & AwsPrivateDnsArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpPrivateDnsArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremPrivateDnsArgs;
type Options = pulumi.ComponentResourceOptions;

/** The arguments for one cloud, distinguished by `cloud`. */
export type PrivateDnsArgs = AwsArgs | GcpArgs | OnpremArgs;

/** Private DNS of a cell. */
export function createPrivateDns(name: string, args: AwsArgs, opts?: Options): AwsPrivateDns;
export function createPrivateDns(name: string, args: GcpArgs, opts?: Options): GcpPrivateDns;
export function createPrivateDns(name: string, args: OnpremArgs, opts?: Options): OnpremPrivateDns;
export function createPrivateDns(name: string, args: PrivateDnsArgs, opts?: Options): PrivateDns {
  switch (args.cloud) {
    case "aws":
      return new AwsPrivateDns(name, args, opts);
    case "gcp":
      return new GcpPrivateDns(name, args, opts);
    case "onprem":
      return new OnpremPrivateDns(name, args, opts);
  }
}
