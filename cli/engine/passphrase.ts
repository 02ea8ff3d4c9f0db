/** Pulumi's passphrase encryption of secrets, without starting the engine. */
import { createCipheriv, createDecipheriv, pbkdf2, pbkdf2Sync, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/** The parameters of Pulumi's passphrase provider: sdk/go/common/resource/config/crypt.go. */
const iterations = 1_000_000;
const keyBytes = 32;
const digest = "sha256";
const saltBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const probe = "pulumi";

/** A new `encryptionsalt` for this passphrase. Deriving the key is slow by design: a fifth of a second. */
export function newSalt(passphrase: string): string {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const key = pbkdf2Sync(passphrase, salt, iterations, keyBytes, digest);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const box = Buffer.concat([cipher.update(probe, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const [saltText, nonceText, boxText] = [salt, nonce, box].map((part) => part.toString("base64"));
  return `v1:${saltText}:v1:${nonceText}:${boxText}`;
}

/**
 * Whether a passphrase matches a salt.
 *
 * @param salt a config file's `encryptionsalt`: `v1:<salt>:v1:<nonce>:<the word "pulumi", encrypted>`
 * @returns false also when the salt is malformed
 */
export async function passphraseFits(salt: string, passphrase: string): Promise<boolean> {
  const [version, saltText, boxVersion, nonceText, boxText] = salt.split(":");
  if (version !== "v1" || boxVersion !== "v1" || !saltText || !nonceText || !boxText) return false;
  const box = Buffer.from(boxText, "base64");
  const key = await promisify(pbkdf2)(
    passphrase,
    Buffer.from(saltText, "base64"),
    iterations,
    keyBytes,
    digest,
  );
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonceText, "base64"));
    decipher.setAuthTag(box.subarray(-tagBytes));
    const plain = Buffer.concat([decipher.update(box.subarray(0, -tagBytes)), decipher.final()]);
    return plain.toString("utf8") === probe;
  } catch {
    return false;
  }
}
