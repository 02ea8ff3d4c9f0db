import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { SecretsContract } from "./contract.ts";
import { ExternalSecrets, operatorAccount } from "./external-secrets.ts";
import { type OnpremSecretsInput, type OnpremSecretsSpec, onpremSecretsSpec } from "./schema.ts";

export interface OnpremSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremSecretsInput;
  /** The cluster that reads the secrets. */
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The store through which an on-premises cluster reads the secrets of a vault, authenticated with the operator's service account.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremSecrets extends BlueprintComponent implements SecretsContract {
  readonly cloud = "onprem";
  readonly secretNames: SecretsContract["secretNames"] = {};
  readonly store: SecretsContract["store"];

  constructor(name: string, args: OnpremSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremSecretsSpec, args.spec, name);
    super("secrets", "OnpremSecrets", name, args, { spec }, opts);
    const { ownership, cluster } = args;
    this.store = new ExternalSecrets(
      this.named("external"),
      {
        ownership,
        retain: this.retain,
        settings: spec.externalSecrets,
        cluster,
        reads: {
          vault: vaultProvider(spec.vault, {
            name: operatorAccount,
            namespace: spec.externalSecrets.namespace,
          }),
        },
        ports: [portOf(spec.vault.server)],
      },
      this.child(),
    ).store;
    this.registerOutputs({ store: this.store });
  }
}

/**
 * `spec.provider.vault` of a store.
 *
 * @param account the service account that authenticates, in the operator's namespace
 */
export function vaultProvider(
  { server, path, role, mountPath, authorityConfigMap }: OnpremSecretsSpec["vault"],
  account: { readonly name: string; readonly namespace: string },
): Record<string, unknown> {
  const { namespace } = account;
  return {
    server,
    path,
    version: "v2",
    auth: {
      kubernetes: { mountPath, role, serviceAccountRef: account },
    },
    ...(authorityConfigMap === undefined
      ? {}
      : {
          caProvider: { type: "ConfigMap", name: authorityConfigMap, namespace, key: "ca.crt" },
        }),
  };
}

function portOf(server: string): number {
  return Number(new URL(server).port || 443);
}
