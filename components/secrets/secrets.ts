import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsSecrets, type AwsSecretsArgs } from "./aws.ts";
import { GcpSecrets, type GcpSecretsArgs } from "./gcp.ts";
import { OnpremSecrets, type OnpremSecretsArgs } from "./onprem.ts";

/** What the secrets of every cloud have. */
export interface SecretsContract {
  readonly cloud: Cloud;
  /** Physical names, as an ExternalSecret gives them for `remoteRef.key`, by the key that the manifest gives each. */
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  /** What an ExternalSecret gives as its `secretStoreRef`; undefined without a cluster. */
  readonly store:
    | { readonly kind: "ClusterSecretStore"; readonly name: pulumi.Output<string> }
    | undefined;
}

export type Secrets = AwsSecrets | GcpSecrets | OnpremSecrets;

/** The arguments of one cloud's secrets, told apart by `cloud`. */
export type SecretsArgs =
  | ({ readonly cloud: "aws" } & AwsSecretsArgs)
  | ({ readonly cloud: "gcp" } & GcpSecretsArgs)
  | ({ readonly cloud: "onprem" } & OnpremSecretsArgs);

/** The secrets of a cell on its cloud. */
export function createSecrets(
  name: string,
  args: { readonly cloud: "aws" } & AwsSecretsArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsSecrets;
export function createSecrets(
  name: string,
  args: { readonly cloud: "gcp" } & GcpSecretsArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpSecrets;
export function createSecrets(
  name: string,
  args: { readonly cloud: "onprem" } & OnpremSecretsArgs,
  opts?: pulumi.ComponentResourceOptions,
): OnpremSecrets;
export function createSecrets(
  name: string,
  args: SecretsArgs,
  opts?: pulumi.ComponentResourceOptions,
): Secrets {
  switch (args.cloud) {
    case "aws":
      return new AwsSecrets(name, args, opts);
    case "gcp":
      return new GcpSecrets(name, args, opts);
    case "onprem":
      return new OnpremSecrets(name, args, opts);
  }
}
