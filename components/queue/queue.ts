import type * as pulumi from "@pulumi/pulumi";
import { AwsQueues, type AwsQueuesArgs } from "./aws.ts";
import { GcpQueues, type GcpQueuesArgs } from "./gcp.ts";

export type Queues = AwsQueues | GcpQueues;

type AwsArgs = { readonly cloud: "aws" } & AwsQueuesArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpQueuesArgs;

export type QueuesArgs = AwsArgs | GcpArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The queues of a cell. They are not supported on-premises.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createQueues(name: string, args: AwsArgs, opts?: Options): AwsQueues;
export function createQueues(name: string, args: GcpArgs, opts?: Options): GcpQueues;
export function createQueues(name: string, args: QueuesArgs, opts?: Options): Queues {
  switch (args.cloud) {
    case "aws":
      return new AwsQueues(name, args, opts);
    case "gcp":
      return new GcpQueues(name, args, opts);
  }
}
