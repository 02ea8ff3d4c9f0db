/**
 * Certificates that can be parsed: X.509 in DER, self-issued, with an Ed25519 key and a fake signature from a seed. Clients can load
 * them; nothing in a rehearsal trusts them.
 */

/** Base64 of a PEM certificate, as EKS and GKE return their CA; `seed` is 64 hexadecimal digits. */
export function certificateAuthority(seed: string): string {
  return Buffer.from(certificate("kubernetes", seed)).toString("base64");
}

/** A certificate for a common name in PEM format. */
export function certificate(commonName: string, seed: string): string {
  const algorithm = sequence(ED25519);
  const name = sequence(set(sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
  const key = sequence(algorithm, bits(Buffer.from(seed, "hex")));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from(`01${seed.slice(0, 16)}`, "hex")),
    algorithm,
    name,
    sequence(time("260101000000Z"), time("360101000000Z")),
    name,
    key,
  );
  return pem("CERTIFICATE", sequence(body, algorithm, bits(Buffer.from(seed + seed, "hex"))));
}

/** A private key in PEM format; `seed` is 64 hexadecimal digits. */
export function privateKey(seed: string): string {
  const key = der(0x04, der(0x04, Buffer.from(seed, "hex")));
  return pem("PRIVATE KEY", sequence(der(0x02, Buffer.from([0])), sequence(ED25519), key));
}

const ED25519 = Buffer.from("06032b6570", "hex");
const COMMON_NAME = Buffer.from("0603550403", "hex");

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.from([tag, body.length, ...body]);
  const length = Buffer.from(body.length.toString(16).padStart(4, "0"), "hex");
  return Buffer.from([tag, 0x82, ...length, ...body]);
}

function sequence(...content: Buffer[]): Buffer {
  return der(0x30, ...content);
}

function set(...content: Buffer[]): Buffer {
  return der(0x31, ...content);
}

/** A bit string without unused bits. */
function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.from([0]), content);
}

function time(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

function pem(label: string, body: Buffer): string {
  const lines = body.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
