import type * as pulumi from "@pulumi/pulumi";
import { AwsSecrets, type AwsSecretsArgs } from "./aws.ts";
import { GcpSecrets, type GcpSecretsArgs } from "./gcp.ts";
import { OnpremSecrets, type OnpremSecretsArgs } from "./onprem.ts";

export type Secrets = AwsSecrets | GcpSecrets | OnpremSecrets;

type AwsArgs = { readonly cloud: "aws" } & AwsSecretsArgs;
type GcpArgs = { readonly cloud: "gcp" } & GcpSecretsArgs;
type OnpremArgs = { readonly cloud: "onprem" } & OnpremSecretsArgs;

/** The arguments of one cloud's secrets, distinguished by `cloud`. */
export type SecretsArgs = AwsArgs | GcpArgs | OnpremArgs;

type Options = pulumi.ComponentResourceOptions;

/** The secrets of a cell on its cloud. */
export function createSecrets(name: string, args: AwsArgs, opts?: Options): AwsSecrets;
export function createSecrets(name: string, args: GcpArgs, opts?: Options): GcpSecrets;
export function createSecrets(name: string, args: OnpremArgs, opts?: Options): OnpremSecrets;
export function createSecrets(name: string, args: SecretsArgs, opts?: Options): Secrets {
  switch (args.cloud) {
    case "aws":
      return new AwsSecrets(name, args, opts);
    case "gcp":
      return new GcpSecrets(name, args, opts);
    case "onprem":
      return new OnpremSecrets(name, args, opts);
  }
}
