import type * as pulumi from "@pulumi/pulumi";
import { AwsObjectStore, type AwsObjectStoreArgs } from "./aws.ts";
import { GcpObjectStore, type GcpObjectStoreArgs } from "./gcp.ts";
import { OnpremObjectStore, type OnpremObjectStoreArgs } from "./onprem.ts";

export type ObjectStore = AwsObjectStore | GcpObjectStore | OnpremObjectStore;

type AwsArgs = { readonly cloud: "aws" } & AwsObjectStoreArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpObjectStoreArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremObjectStoreArgs;

/** The arguments of one cloud's object store, distinguished by `cloud`. */
export type ObjectStoreArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/** The object store of a cell on its cloud. */
export function createObjectStore(name: string, args: AwsArgs, opts?: Options): AwsObjectStore;
export function createObjectStore(name: string, args: GcpArgs, opts?: Options): GcpObjectStore;
export function createObjectStore(
  name: string,
  args: OnpremArgs,
  opts?: Options,
): OnpremObjectStore;
export function createObjectStore(
  name: string,
  args: ObjectStoreArgs,
  opts?: Options,
): ObjectStore {
  switch (args.cloud) {
    case "aws":
      return new AwsObjectStore(name, args, opts);
    case "gcp":
      return new GcpObjectStore(name, args, opts);
    case "onprem":
      return new OnpremObjectStore(name, args, opts);
  }
}
