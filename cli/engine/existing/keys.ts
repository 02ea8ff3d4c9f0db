/** Existing keys as a rehearsal takes them. */
import type { ExistingResource } from "../../../simulator/existing.ts";

export function existingAwsKey(arn: string): ExistingResource {
  const [, , , region = "", account = "", resource = ""] = arn.split(":");
  const keyId = resource.replace(/^key\//, "");
  return {
    type: "aws:kms/key:Key",
    id: keyId,
    config: { region, allowedAccountIds: [account] },
    inputs: { enableKeyRotation: true },
    facts: { arn, keyId },
  };
}

/** A key by its resource name, and the ring that it is in. */
export function existingGcpKey(name: string): ExistingResource[] {
  const [, project = "", , location = "", , ring = "", , key = ""] = name.split("/");
  const config = { project, region: location };
  const keyRing = `projects/${project}/locations/${location}/keyRings/${ring}`;
  return [
    {
      type: "gcp:kms/keyRing:KeyRing",
      id: keyRing,
      config,
      inputs: { project, location, name: ring },
    },
    {
      type: "gcp:kms/cryptoKey:CryptoKey",
      id: name,
      config,
      inputs: { keyRing, name: key, purpose: "ENCRYPT_DECRYPT" },
    },
  ];
}
