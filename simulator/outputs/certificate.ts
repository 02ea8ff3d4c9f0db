/** Certificates of the right form: a DER certificate body that parses as PEM text; nothing in a rehearsal trusts it. */

/** Base64 of a PEM certificate, as EKS and GKE return their authority, from hexadecimal text. */
export function certificateAuthority(seed: string): string {
  return Buffer.from(pem("CERTIFICATE", seed)).toString("base64");
}

/** PEM text of the given label. */
export function pem(label: string, seed: string): string {
  const body = Buffer.from(derSequence(seed), "hex").toString("base64");
  const lines = body.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** A DER sequence (tag 30, two bytes of length) around repeated seed bytes. */
function derSequence(seed: string): string {
  const content = seed.repeat(Math.ceil(1600 / seed.length)).slice(0, 1600);
  return `3082${(content.length / 2).toString(16).padStart(4, "0")}${content}`;
}
