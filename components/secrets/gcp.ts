import * as gcp from "@pulumi/gcp";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import type { SecretsContract } from "./contract.ts";
import { ExternalSecrets, operatorAccount } from "./external-secrets.ts";
import { type GcpSecretsInput, type GcpSecretsSpec, gcpSecretsSpec } from "./schema.ts";

export interface GcpSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpSecretsInput;
  /** Encrypts the secrets: a Cloud KMS key in the region, from `GcpSecretsAgent`. */
  readonly keyName: pulumi.Input<string>;
  /** The cluster that reads the secrets. @default none: only secrets are created */
  readonly cluster?: { readonly provider: kubernetes.Provider };
}

/**
 * The secrets of a cell in Secret Manager, without values and in its region only, and the store through which its cluster reads them
 * with Workload Identity.
 *
 * @example
 * const secrets = new GcpSecrets("secrets", {
 *   spec: {
 *     cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", region: "europe-west1",
 *     secrets: { "stripe-api": { description: "Payments" } },
 *   },
 *   keyName, cluster, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpSecrets extends BlueprintComponent implements SecretsContract {
  readonly cloud = "gcp";
  readonly secretNames: Readonly<Record<string, pulumi.Output<string>>>;
  readonly store: SecretsContract["store"];

  constructor(name: string, args: GcpSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpSecretsSpec, args.spec, name);
    super("secrets", "GcpSecrets", name, args, { spec }, opts);
    const secrets = Object.keys(spec.secrets).map(
      (key) => [key, this.#secret(args, spec, key)] as const,
    );
    this.secretNames = Object.fromEntries(secrets.map(([key, { secretId }]) => [key, secretId]));
    this.store = this.#store(args, spec, Object.fromEntries(secrets));
    this.registerOutputs({ secretNames: this.secretNames, store: this.store });
  }

  #secret({ ownership, keyName }: GcpSecretsArgs, spec: GcpSecretsSpec, key: string) {
    const settings = spec.secrets[key] as GcpSecretsSpec["secrets"][string];
    const { rotation, description, versionRecoveryDays } = settings;
    return new gcp.secretmanager.Secret(
      this.named(key),
      {
        project: spec.project,
        secretId: nameIn(ownership, "secret-manager-secret", key),
        annotations: { description },
        replication: {
          userManaged: {
            replicas: [
              { location: spec.region, customerManagedEncryption: { kmsKeyName: keyName } },
            ],
          },
        },
        versionDestroyTtl: googleDuration(`${versionRecoveryDays} days`),
        deletionProtection: this.retain,
        ...(rotation
          ? {
              topics: [{ name: rotation.topic }],
              rotation: {
                rotationPeriod: googleDuration(`${rotation.everyDays} days`),
                nextRotationTime: rotation.firstAt,
              },
            }
          : {}),
      },
      // Google Cloud updates the time with every rotation.
      this.stateful({ ignoreChanges: rotation ? ["rotation.nextRotationTime"] : [] }),
    );
  }

  #store(
    { ownership, cluster }: GcpSecretsArgs,
    spec: GcpSecretsSpec,
    secrets: Readonly<Record<string, gcp.secretmanager.Secret>>,
  ): SecretsContract["store"] {
    if (!cluster) return undefined;
    const { project, projectNumber, externalSecrets } = spec;
    const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
    const member = `principal://iam.googleapis.com/${pool}/subject/ns/${externalSecrets.namespace}/sa/${operatorAccount}`;
    const grants = Object.entries(secrets).map(
      ([key, { secretId }]) =>
        new gcp.secretmanager.SecretIamMember(
          this.named(`${key}-reader`),
          { project, secretId, role: "roles/secretmanager.secretAccessor", member },
          this.child(),
        ),
    );
    return new ExternalSecrets(
      this.named("external"),
      {
        ownership,
        retain: this.retain,
        settings: externalSecrets,
        cluster,
        // Without `auth`, the operator uses the identity of its pods.
        reads: { gcpsm: { projectID: project } },
        // Both ports of the GKE metadata server.
        ports: [80, 988],
        after: grants,
      },
      this.child(),
    ).store;
  }
}
