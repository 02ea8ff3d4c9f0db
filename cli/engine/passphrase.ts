/** Whether a passphrase is the one that a stack's secrets were encrypted with, asked without starting the engine. */
import { createDecipheriv, pbkdf2 } from "node:crypto";
import { promisify } from "node:util";

/** What Pulumi's passphrase provider uses: sdk/go/common/resource/config/crypt.go. */
const iterations = 1_000_000;
const keyBytes = 32;
const tagBytes = 16;
const probe = "pulumi";

/**
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
    "sha256",
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
