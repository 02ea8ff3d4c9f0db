/** The signed certificate that nothing of a tenant is left: Ed25519 over canonical JSON. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";
import { parseSpec } from "../../components/core/spec.ts";
import type { Kept } from "./plan.ts";

/** A resource in an inventory. */
export interface Item {
  readonly type: string;
  readonly urn: string;
  readonly id: string;
}

export interface Certificate {
  readonly kind: "atoll.dev/offboarding-certificate";
  readonly version: 1;
  readonly atoll: string;
  readonly tenant: string;
  readonly environment: string;
  /** Whether it was a rehearsal on the embedded cloud. */
  readonly rehearsal: boolean;
  /** ISO 8601 times. */
  readonly started: string;
  readonly ended: string;
  /** The resources by store. */
  readonly before: Readonly<Record<string, readonly Item[]>>;
  readonly after: Readonly<Record<string, readonly Item[]>>;
  readonly kept: readonly Kept[];
  /** SHA-256 of the tenant's file, and of both inventories. */
  readonly hashes: { readonly manifest: string; readonly before: string; readonly after: string };
}

export interface SignedCertificate {
  readonly certificate: Certificate;
  readonly signature: {
    readonly algorithm: "Ed25519";
    /** PEM, SPKI. */
    readonly publicKey: string;
    /** Base64. */
    readonly value: string;
  };
}

/** What is not in `certificate` is not signed, so nothing else may stand beside it. */
const envelope = z.strictObject({
  certificate: z.looseObject({
    kind: z.literal("atoll.dev/offboarding-certificate"),
    version: z.literal(1),
    tenant: z.string(),
    environment: z.string(),
    ended: z.string(),
    kept: z.array(z.unknown()),
  }),
  signature: z.strictObject({
    algorithm: z.literal("Ed25519"),
    publicKey: z.string(),
    value: z.base64(),
  }),
});

/**
 * A certificate from its file.
 *
 * @throws SyntaxError when it is not JSON, BlueprintError `manifest-invalid` when it is not a certificate
 */
export function readCertificate(text: string): SignedCertificate {
  return parseSpec(envelope, JSON.parse(text), "the certificate") as unknown as SignedCertificate;
}

/** @throws TypeError when the text is not an Ed25519 private key in PEM */
export function signingKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== "ed25519")
    throw new TypeError(`must be an Ed25519 key, not ${key.asymmetricKeyType}`);
  return key;
}

export function signed(certificate: Certificate, key: KeyObject): SignedCertificate {
  const publicKey = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
  const value = sign(null, Buffer.from(canonical(certificate)), key).toString("base64");
  return { certificate, signature: { algorithm: "Ed25519", publicKey, value } };
}

/**
 * Whether a certificate is unchanged and signed with the private part of this key.
 *
 * @throws TypeError for a private key, which nobody needs to verify; other errors when the text is not a key
 */
export function isSignedBy(signedOne: SignedCertificate, publicPem: string): boolean {
  if (/PRIVATE KEY-----/.test(publicPem)) throw new TypeError("the key must be the public one");
  const key = createPublicKey(publicPem);
  if (key.asymmetricKeyType !== "ed25519") return false;
  const { certificate, signature } = signedOne;
  const value = Buffer.from(signature.value, "base64");
  return verify(null, Buffer.from(canonical(certificate)), key, value);
}

export function sha256(value: unknown): string {
  const text = typeof value === "string" ? value : canonical(value);
  return createHash("sha256").update(text).digest("hex");
}

/** JSON with sorted keys and without spaces. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}
