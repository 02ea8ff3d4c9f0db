import type * as pulumi from "@pulumi/pulumi";
import { AwsCache, type AwsCacheArgs } from "./aws.ts";
import { GcpCache, type GcpCacheArgs } from "./gcp.ts";
import { OnpremCache, type OnpremCacheArgs } from "./onprem.ts";

export type Cache = AwsCache | GcpCache | OnpremCache;

type AwsArgs = { readonly cloud: "aws" } & AwsCacheArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpCacheArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremCacheArgs;

export type CacheArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/**
 * A Valkey cache of a cell.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export function createCache(name: string, args: AwsArgs, opts?: Options): AwsCache;
export function createCache(name: string, args: GcpArgs, opts?: Options): GcpCache;
export function createCache(name: string, args: OnpremArgs, opts?: Options): OnpremCache;
export function createCache(name: string, args: CacheArgs, opts?: Options): Cache {
  switch (args.cloud) {
    case "aws":
      return new AwsCache(name, args, opts);
    case "gcp":
      return new GcpCache(name, args, opts);
    case "onprem":
      return new OnpremCache(name, args, opts);
  }
}
