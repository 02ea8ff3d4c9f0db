import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement } from "../core/iam.ts";
import { parseSpec } from "../core/spec.ts";
import { guardStatements } from "../secrets/aws-policies.ts";
import { namespaceTag } from "../tenant-keys/aws-policy.ts";
import { namespaceOf, namespacePrefix } from "../tenant-namespaces/names.ts";
import type { TenantSecrets } from "./contract.ts";
import {
  type AwsTenantSecretsInput,
  type AwsTenantSecretsSpec,
  awsTenantSecretsSpec,
} from "./schema.ts";
import { principalTenant, tenantTag } from "./shared-role.ts";
import { TenantStore } from "./store.ts";

export interface AwsTenantSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsTenantSecretsInput;
  /** Encrypts the secrets: the tenant's own key, or the environment's. */
  readonly keyArn: pulumi.Input<string>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The secrets of a tenant in Secrets Manager, without values, and the store through which its namespaces read them.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantSecrets extends BlueprintComponent implements TenantSecrets {
  readonly secretNames: TenantSecrets["secretNames"];
  readonly secretArns: Readonly<Record<string, pulumi.Output<string>>>;
  readonly store: TenantSecrets["store"];
  readonly spec: AwsTenantSecretsSpec;
  readonly keyArn: pulumi.Input<string>;

  constructor(name: string, args: AwsTenantSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantSecretsSpec, args.spec, name);
    super("tenant-secrets", "AwsTenantSecrets", name, args, { spec }, opts);
    this.spec = spec;
    this.keyArn = args.keyArn;
    const secrets = Object.keys(spec.secrets).map((key) => [key, this.#secret(key)] as const);
    // The store puts the path before them.
    this.secretNames = Object.fromEntries(
      secrets.map(([key, secret]) => [key, secret.name.apply((at) => at.slice(spec.path.length))]),
    );
    this.secretArns = Object.fromEntries(secrets.map(([key, { arn }]) => [key, arn]));
    const { region, tenant, namespaces, store, role, path } = spec;
    this.store = new TenantStore(
      this.named("store"),
      {
        ownership: args.ownership,
        retain: this.retain,
        store,
        namespaces,
        cluster: args.cluster,
        reads: {
          aws: {
            service: "SecretsManager",
            region,
            role,
            sessionTags: [{ key: tenantTag, value: tenant }],
            prefix: path,
          },
        },
      },
      this.child(),
    ).store;
    this.registerOutputs({ secretNames: this.secretNames, store: this.store });
  }

  #secret(key: string): aws.secretsmanager.Secret {
    const { account, path, tenant, secrets } = this.spec;
    const secret = new aws.secretsmanager.Secret(
      this.named(key),
      {
        name: `${path}${key}`,
        description: secrets[key]?.description ?? "",
        kmsKeyId: this.keyArn,
        // 0 deletes immediately, so that the next environment can use the name.
        recoveryWindowInDays: this.retain ? 30 : 0,
      },
      this.stateful(),
    );
    new aws.secretsmanager.SecretPolicy(
      this.named(`${key}-policy`),
      {
        secretArn: secret.arn,
        policy: policyDocument([...guardStatements(account), ...otherTenants(tenant)]),
        blockPublicPolicy: true,
      },
      this.child(),
    );
    return secret;
  }
}

/** Denies stores and pods of other tenants, whatever a role of theirs allows. */
function otherTenants(tenant: string): Statement[] {
  const deny = {
    effect: "Deny",
    principals: "anyone",
    actions: "secretsmanager:*",
    // In a secret's policy, "*" means this secret.
    resources: "*",
  } as const;
  return [
    {
      sid: "DenyOtherStores",
      ...deny,
      conditions: {
        Null: { [principalTenant]: "false" },
        StringNotEquals: { [principalTenant]: tenant },
      },
    },
    {
      sid: "DenyOtherTenants",
      ...deny,
      conditions: {
        StringLike: { [namespaceTag]: `${namespacePrefix}*` },
        StringNotLike: { [namespaceTag]: namespaceOf(tenant, "*") },
      },
    },
  ];
}
