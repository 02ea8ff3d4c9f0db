import type * as pulumi from "@pulumi/pulumi";
import { AwsEventSourcing, type AwsEventSourcingArgs } from "./aws.ts";
import { GcpEventSourcing, type GcpEventSourcingArgs } from "./gcp.ts";
import { OnpremEventSourcing, type OnpremEventSourcingArgs } from "./onprem.ts";

export type EventSourcing = AwsEventSourcing | GcpEventSourcing | OnpremEventSourcing;

type AwsArgs = { readonly cloud: "aws" } & AwsEventSourcingArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpEventSourcingArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremEventSourcingArgs;

export type EventSourcingArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * Event sourcing, beside the topics of the stream: a schema registry, and a connector between an outbox and the stream.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createEventSourcing(name: string, args: AwsArgs, opts?: Options): AwsEventSourcing;
export function createEventSourcing(name: string, args: GcpArgs, opts?: Options): GcpEventSourcing;
export function createEventSourcing(
  name: string,
  args: OnpremArgs,
  opts?: Options,
): OnpremEventSourcing;
export function createEventSourcing(
  name: string,
  args: EventSourcingArgs,
  opts?: Options,
): EventSourcing {
  switch (args.cloud) {
    case "aws":
      return new AwsEventSourcing(name, args, opts);
    case "gcp":
      return new GcpEventSourcing(name, args, opts);
    case "onprem":
      return new OnpremEventSourcing(name, args, opts);
  }
}
