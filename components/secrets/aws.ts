import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { AwsPodRole } from "../cluster/aws-pod-role.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { guardStatements, readStatements } from "./aws-policies.ts";
import type { SecretsContract } from "./contract.ts";
import { ExternalSecrets, operatorAccount } from "./external-secrets.ts";
import { type AwsSecretsInput, type AwsSecretsSpec, awsSecretsSpec } from "./schema.ts";

export interface AwsSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsSecretsInput;
  /** Encrypts the secrets. The key policy must allow the account to use it through Secrets Manager. */
  readonly keyArn: pulumi.Input<string>;
  /** The cluster that reads the secrets. @default none: only secrets are created */
  readonly cluster?: {
    readonly spec: { readonly name: string };
    readonly arn: pulumi.Input<string>;
    readonly clusterName: pulumi.Input<string>;
    readonly provider: kubernetes.Provider;
  };
}

/**
 * The secrets of a cell in Secrets Manager, without values, and the store through which its cluster reads them with EKS Pod
 * Identity.
 *
 * @example
 * const secrets = new AwsSecrets("secrets", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", secrets: { "stripe-api": { description: "Payments" } } },
 *   keyArn, cluster, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsSecrets extends BlueprintComponent implements SecretsContract {
  readonly cloud = "aws";
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly secretArns: Readonly<Record<string, pulumi.Output<string>>>;
  readonly store: SecretsContract["store"];
  /** The role of the operator that reads them. Undefined without a cluster. */
  readonly reader: Pick<AwsPodRole, "arn" | "roleName"> | undefined;

  constructor(name: string, args: AwsSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsSecretsSpec, args.spec, name);
    super("secrets", "AwsSecrets", name, args, { spec }, opts);
    const secrets = Object.keys(spec.secrets).map(
      (key) => [key, this.#secret(args, spec, key)] as const,
    );
    this.secretNames = Object.fromEntries(secrets.map(([key, secret]) => [key, secret.name]));
    this.secretArns = Object.fromEntries(secrets.map(([key, secret]) => [key, secret.arn]));
    this.reader = this.#reader(args, spec);
    this.store = this.#store(args, spec);
    this.registerOutputs({ secretNames: this.secretNames, store: this.store });
  }

  #secret({ ownership, keyArn }: AwsSecretsArgs, spec: AwsSecretsSpec, key: string) {
    const settings = spec.secrets[key] as AwsSecretsSpec["secrets"][string];
    const secret = new aws.secretsmanager.Secret(
      this.named(key),
      {
        name: nameIn(ownership, "secrets-manager-secret", key),
        description: settings.description,
        kmsKeyId: keyArn,
        // 0 deletes immediately, so that the next environment can use the name.
        recoveryWindowInDays: this.retain ? 30 : 0,
      },
      this.stateful(),
    );
    new aws.secretsmanager.SecretPolicy(
      this.named(`${key}-policy`),
      {
        secretArn: secret.arn,
        policy: policyDocument(guardStatements(spec.account)),
        blockPublicPolicy: true,
      },
      this.child(),
    );
    if (settings.rotation) {
      const { functionArn, everyDays } = settings.rotation;
      new aws.secretsmanager.SecretRotation(
        this.named(`${key}-rotation`),
        {
          secretId: secret.id,
          rotationLambdaArn: functionArn,
          rotationRules: { automaticallyAfterDays: everyDays },
          // A secret without a value cannot be rotated: the first value is set manually.
          rotateImmediately: false,
        },
        this.child(),
      );
    }
    return secret;
  }

  #reader(args: AwsSecretsArgs, spec: AwsSecretsSpec): AwsPodRole | undefined {
    const { ownership, cluster } = args;
    if (!cluster) return undefined;
    const path = nameIn(ownership, "secrets-manager-secret");
    return new AwsPodRole(
      this.named("reader"),
      {
        ownership,
        retain: this.retain,
        cluster: { name: cluster.spec.name, arn: cluster.arn },
        purpose: "external-secrets",
        namespace: spec.externalSecrets.namespace,
        serviceAccount: operatorAccount,
        policies: { read: readStatements(spec, path, args.keyArn) },
      },
      this.child(),
    );
  }

  #store(args: AwsSecretsArgs, spec: AwsSecretsSpec): SecretsContract["store"] {
    const { ownership, cluster } = args;
    const role = this.reader;
    if (!cluster || !role) return undefined;
    const { externalSecrets, region } = spec;
    const { namespace } = externalSecrets;
    const common = { ownership, retain: this.retain };
    const identity = new aws.eks.PodIdentityAssociation(
      this.named("identity"),
      {
        clusterName: cluster.clusterName,
        namespace,
        serviceAccount: operatorAccount,
        roleArn: role.arn,
      },
      this.child(),
    );
    return new ExternalSecrets(
      this.named("external"),
      {
        ...common,
        settings: externalSecrets,
        cluster,
        // Without `auth`, the operator uses the identity of its pods.
        reads: { aws: { service: "SecretsManager", region } },
        // The EKS Pod Identity Agent on the node.
        ports: [80],
        after: [identity],
      },
      this.child(),
    ).store;
  }
}
