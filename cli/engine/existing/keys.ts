/** Existing keys in a rehearsal. */
import type { EnvironmentManifest } from "../../../footprint/model.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

/** The existing keys of an environment. */
export function existingKeys({ existing }: EnvironmentManifest["keys"]): ExistingResource[] {
  if (existing === undefined) return [];
  const { accounts, projects } = existing;
  const arns = Object.values(accounts).flatMap(namesIn);
  const inProjects = Object.entries(projects).flatMap(([project, regions]) =>
    namesIn(regions).flatMap((name) => existingGcpKey(name, project)),
  );
  return [...arns.map(existingAwsKey), ...inProjects];
}

function namesIn(regions: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] {
  return Object.values(regions).flatMap((keys) => Object.values(keys));
}

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

/** A key by resource name, and its key ring, as seen from a project, which may be another one. */
export function existingGcpKey(name: string, seenFrom?: string): ExistingResource[] {
  const [, owner = "", , location = "", , ring = "", , key = ""] = name.split("/");
  const project = seenFrom ?? owner;
  const config = { project, region: location };
  const keyRing = `projects/${owner}/locations/${location}/keyRings/${ring}`;
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
