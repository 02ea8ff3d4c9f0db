import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import type { KeysContract } from "./contract.ts";
import { GcpKeyAgents } from "./gcp-agents.ts";
import { type GcpKeysFacts, gcpKeysProblems } from "./gcp-existing.ts";
import {
  byPurpose,
  type GcpKeysInput,
  type GcpKeysSpec,
  type GcpPurpose,
  gcpKeysSchema,
  gcpPurposes,
} from "./schema.ts";

export interface GcpKeysArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpKeysInput;
  /** What Google says of existing keys: the result of `lookUpGcpKeys()`. @default {} */
  readonly facts?: GcpKeysFacts;
  /** The service agents of the project, if it has key rings in several regions. @default requested by this component */
  readonly agents?: Pick<GcpKeyAgents, "members">;
}

/** How long a destroyed key version can be restored. It cannot change after creation; 30 days is Google's default. */
const recovery = googleDuration("30 days");

/**
 * A key ring in one region with a key for each purpose, rotated at least every 90 days. Only the service agents that need a key
 * can use it.
 *
 * @example
 * const keys = new GcpKeys("keys", {
 *   spec: { cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", region: "europe-west1" }, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class GcpKeys extends BlueprintComponent implements KeysContract {
  readonly cloud = "gcp";
  /** `projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>`, known when the agents can use the key. */
  readonly keyIds: Readonly<Record<GcpPurpose, pulumi.Output<string>>>;
  readonly references: Readonly<Record<GcpPurpose, pulumi.Output<string>>>;

  constructor(name: string, args: GcpKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpKeysSchema, args.spec, name);
    const { existing = {} } = spec;
    refuseUnsuitable(`keys in ${spec.region}`, gcpKeysProblems(spec, args.facts ?? {}));
    super("keys", "GcpKeys", name, args, { spec }, opts);
    const created = gcpPurposes.filter((purpose) => existing[purpose] === undefined);
    const ring = created.length > 0 ? this.#ring(args, spec) : undefined;
    const { members } = args.agents ?? this.#agents(args, spec);
    const users: Partial<Record<GcpPurpose, pulumi.Input<string>>> = {
      "cluster-secrets": agentOf(spec, "container-engine-robot"),
      volumes: agentOf(spec, "compute-system"),
      ...members,
    };
    this.keyIds = byPurpose(gcpPurposes, (purpose) => {
      const name = existing[purpose];
      // The grants of an existing key are its owner's: those of several stacks would take each other's away.
      if (name !== undefined || ring === undefined) return pulumi.output(name ?? "");
      return this.#key(spec, ring, purpose, users[purpose]);
    });
    this.references = this.keyIds;
    this.registerOutputs({ keyIds: this.keyIds });
  }

  #ring({ ownership }: GcpKeysArgs, spec: GcpKeysSpec): gcp.kms.KeyRing {
    const edition = spec.edition === 1 ? [] : [String(spec.edition)];
    return new gcp.kms.KeyRing(
      this.named(),
      {
        project: spec.project,
        location: spec.region,
        name: nameIn(ownership, "kms-key-ring", "keys", ...edition),
      },
      this.stateful(),
    );
  }

  #agents({ ownership }: GcpKeysArgs, { project }: GcpKeysSpec): GcpKeyAgents {
    return new GcpKeyAgents(
      this.named("agents"),
      { ownership, retain: this.retain, project },
      this.child(),
    );
  }

  #key(
    spec: GcpKeysSpec,
    ring: gcp.kms.KeyRing,
    purpose: GcpPurpose,
    member: pulumi.Input<string> | undefined,
  ): pulumi.Output<string> {
    const key = new gcp.kms.CryptoKey(
      this.named(purpose),
      {
        keyRing: ring.id,
        name: purpose,
        purpose: "ENCRYPT_DECRYPT",
        rotationPeriod: googleDuration(`${spec.rotationDays} days`),
        destroyScheduledDuration: recovery,
        versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
      },
      this.stateful(),
    );
    if (member === undefined) return key.id;
    const use = new gcp.kms.CryptoKeyIAMMember(
      this.named(`${purpose}-use`),
      { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member },
      this.child(),
    );
    return pulumi.all([key.id, use.id]).apply(([id]) => id);
  }
}

/** A service agent that exists as soon as its API is enabled. */
function agentOf({ projectNumber }: GcpKeysSpec, agent: string): string {
  return `serviceAccount:service-${projectNumber}@${agent}.iam.gserviceaccount.com`;
}
