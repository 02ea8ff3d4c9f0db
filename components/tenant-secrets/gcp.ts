import * as gcp from "@pulumi/gcp";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import { workloadPrincipal } from "../identity/gcp.ts";
import type { TenantSecrets } from "./contract.ts";
import {
  type GcpTenantSecretsInput,
  type GcpTenantSecretsSpec,
  gcpTenantSecretsSpec,
} from "./schema.ts";
import { TenantStore } from "./store.ts";

export interface GcpTenantSecretsArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpTenantSecretsInput;
  /** Encrypts the secrets: the tenant's own key, or the environment's. */
  readonly keyName: pulumi.Input<string>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The secrets of a tenant in Secret Manager, without values and in its region only, and the store through which its namespaces read
 * them, with an identity that can read these secrets alone.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantSecrets extends BlueprintComponent implements TenantSecrets {
  readonly secretNames: TenantSecrets["secretNames"];
  readonly store: TenantSecrets["store"];
  readonly spec: GcpTenantSecretsSpec;

  constructor(name: string, args: GcpTenantSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantSecretsSpec, args.spec, name);
    super("tenant-secrets", "GcpTenantSecrets", name, args, { spec }, opts);
    this.spec = spec;
    const { project, cluster, reader } = spec;
    const member = workloadPrincipal(spec, { ...reader, serviceAccount: reader.name });
    const secrets = Object.keys(spec.secrets).map(
      (key) => [key, this.#secret(args.keyName, key)] as const,
    );
    this.secretNames = Object.fromEntries(secrets.map(([key, { secretId }]) => [key, secretId]));
    const grants = secrets.map(
      ([key, { secretId }]) =>
        new gcp.secretmanager.SecretIamMember(
          this.named(`${key}-reader`),
          { project, secretId, role: "roles/secretmanager.secretAccessor", member },
          this.child(),
        ),
    );
    this.store = new TenantStore(
      this.named("store"),
      {
        ownership: args.ownership,
        retain: this.retain,
        store: spec.store,
        namespaces: spec.namespaces,
        reader,
        cluster: args.cluster,
        reads: {
          gcpsm: {
            projectID: project,
            auth: {
              workloadIdentity: {
                clusterProjectID: project,
                clusterLocation: cluster.location,
                clusterName: cluster.name,
                serviceAccountRef: reader,
              },
            },
          },
        },
      },
      this.child({ dependsOn: grants }),
    ).store;
    this.registerOutputs({ secretNames: this.secretNames, store: this.store });
  }

  #secret(keyName: pulumi.Input<string>, key: string): gcp.secretmanager.Secret {
    const { project, region, secrets } = this.spec;
    const { name = "", description = "" } = secrets[key] ?? {};
    return new gcp.secretmanager.Secret(
      this.named(key),
      {
        project,
        secretId: name,
        annotations: { description },
        replication: {
          userManaged: {
            replicas: [{ location: region, customerManagedEncryption: { kmsKeyName: keyName } }],
          },
        },
        versionDestroyTtl: googleDuration("7 days"),
        deletionProtection: this.retain,
      },
      this.stateful(),
    );
  }
}
