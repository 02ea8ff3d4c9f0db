import type * as pulumi from "@pulumi/pulumi";
import { AwsStream, type AwsStreamArgs } from "./aws.ts";
import { GcpStream, type GcpStreamArgs } from "./gcp.ts";
import { OnpremStream, type OnpremStreamArgs } from "./onprem.ts";

export type Stream = AwsStream | GcpStream | OnpremStream;

type AwsArgs = { readonly cloud: "aws" } & AwsStreamArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpStreamArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremStreamArgs;

export type StreamArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * The stream of a cell: Kafka brokers, topics and clients.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createStream(name: string, args: AwsArgs, opts?: Options): AwsStream;
export function createStream(name: string, args: GcpArgs, opts?: Options): GcpStream;
export function createStream(name: string, args: OnpremArgs, opts?: Options): OnpremStream;
export function createStream(name: string, args: StreamArgs, opts?: Options): Stream {
  switch (args.cloud) {
    case "aws":
      return new AwsStream(name, args, opts);
    case "gcp":
      return new GcpStream(name, args, opts);
    case "onprem":
      return new OnpremStream(name, args, opts);
  }
}
