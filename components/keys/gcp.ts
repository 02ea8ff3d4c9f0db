import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import type { KeysContract } from "./keys.ts";
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
}

/** How long a destroyed version can be brought back. Google fixes it when the key is made; 30 days is its own default. */
const recovery = googleDuration("30 days");

/** Google's service agents that are there once their APIs are on, and encrypt and decrypt in a purpose's name. */
const agents: Partial<Record<GcpPurpose, readonly string[]>> = {
  "cluster-secrets": ["container-engine-robot"],
  volumes: ["compute-system"],
};

/**
 * Services whose agents come to be when they are asked for. They are asked for and granted here, beside the key: were each cell
 * to grant its own, the first of two cells of a project to go would take the other's away.
 */
const services: Partial<Record<GcpPurpose, string>> = {
  streams: "managedkafka.googleapis.com",
  databases: "sqladmin.googleapis.com",
  caches: "memorystore.googleapis.com",
};

/**
 * A key ring of one region with a key for each purpose, rotated at least every 90 days, each usable by the service agents
 * that need it and nobody else.
 *
 * @example
 * const keys = new GcpKeys("keys", {
 *   spec: { cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", region: "europe-west1" }, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpKeys extends BlueprintComponent implements KeysContract {
  readonly cloud = "gcp";
  /** `projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>`, there once the agents may use them. */
  readonly keyIds: Readonly<Record<GcpPurpose, pulumi.Output<string>>>;
  readonly references: Readonly<Record<GcpPurpose, pulumi.Output<string>>>;

  constructor(name: string, args: GcpKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpKeysSchema, args.spec, name);
    super("keys", "GcpKeys", name, args, { spec }, opts);
    const ring = this.#ring(args, spec);
    this.keyIds = byPurpose(gcpPurposes, (purpose) => this.#key(spec, ring, purpose));
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

  #key(spec: GcpKeysSpec, ring: gcp.kms.KeyRing, purpose: GcpPurpose): pulumi.Output<string> {
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
    const users = Object.entries(this.#agents(spec, purpose)).map(
      ([agent, member]) =>
        new gcp.kms.CryptoKeyIAMMember(
          this.named(`${purpose}-${agent}`),
          {
            cryptoKeyId: key.id,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member,
          },
          this.child(),
        ),
    );
    return pulumi.all([key.id, pulumi.all(users.map(({ id }) => id))]).apply(([id]) => id);
  }

  /** The members of a purpose's agents, by the agents' names. */
  #agents(
    { project, projectNumber }: GcpKeysSpec,
    purpose: GcpPurpose,
  ): Record<string, pulumi.Input<string>> {
    const standing = (agents[purpose] ?? []).map((agent) => [
      agent,
      `serviceAccount:service-${projectNumber}@${agent}.iam.gserviceaccount.com`,
    ]);
    const service = services[purpose];
    if (service === undefined) return Object.fromEntries(standing);
    const agent = new gcp.projects.ServiceIdentity(
      this.named(`${purpose}-agent`),
      { project, service },
      this.child(),
    );
    return { ...Object.fromEntries(standing), "agent-key": agent.member };
  }
}
