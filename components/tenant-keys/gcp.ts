import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import type { TenantKeys, TenantPurpose } from "./contract.ts";
import { keyUser } from "./gcp-agents.ts";
import { type GcpTenantKeysInput, gcpTenantKeysSpec } from "./schema.ts";

export interface GcpTenantKeysArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpTenantKeysInput;
}

/** How long a destroyed key version can be restored. It cannot change after creation. */
const recovery = googleDuration("30 days");

/**
 * A tenant's own key in Cloud KMS, in a key ring of its own: IAM policies of a ring apply to its keys. Destroying its versions makes all
 * of the tenant's data unreadable. Names of rings and keys stay taken for ever.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantKeys extends BlueprintComponent implements TenantKeys {
  readonly own: pulumi.Output<string>;
  /** By purpose: known when the service's agent can use the key. */
  readonly #keys: Readonly<Partial<Record<TenantPurpose, pulumi.Output<string>>>>;

  constructor(name: string, args: GcpTenantKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantKeysSpec, args.spec, name);
    super("tenant-keys", "GcpTenantKeys", name, args, { spec }, opts);
    const later = spec.edition === 1 ? [] : [String(spec.edition)];
    const ring = new gcp.kms.KeyRing(
      this.named("ring"),
      {
        project: spec.project,
        location: spec.region,
        name: nameIn(args.ownership, "kms-key-ring", "keys", ...later),
      },
      this.stateful(),
    );
    const key = new gcp.kms.CryptoKey(
      this.named(),
      {
        keyRing: ring.id,
        name: "data",
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: googleDuration(`${spec.rotationDays} days`),
        destroyScheduledDuration: recovery,
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
      },
      this.stateful(),
    );
    this.own = key.id;
    this.#keys = Object.fromEntries(
      spec.purposes.map((purpose) => {
        const member = keyUser(spec.projectNumber, purpose);
        const use = new gcp.kms.CryptoKeyIAMMember(
          this.named(`${purpose}-use`),
          { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
          this.child(),
        );
        return [purpose, pulumi.all([key.id, use.id]).apply(([id]) => id)];
      }),
    );
    this.registerOutputs({ own: this.own });
  }

  of(purpose: TenantPurpose): pulumi.Output<string> {
    return this.#keys[purpose] ?? this.own;
  }
}
