/** Existing Cloud KMS keys: lookups and checks. */
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";
import type { GcpKeysSpec } from "./schema.ts";

export interface GcpKeyFacts {
  readonly purpose: string;
  /** State of the version that encrypts; undefined where the key has none. */
  readonly primaryState: string | undefined;
}

/** By purpose. */
export type GcpKeysFacts = Readonly<Record<string, LookedUp<GcpKeyFacts>>>;

/** Looks up every key that the manifest refers to. A failed lookup is a fact as well. */
export async function lookUpGcpKeys(
  existing: NonNullable<GcpKeysSpec["existing"]>,
  options: pulumi.InvokeOptions,
): Promise<GcpKeysFacts> {
  const found = Object.entries(existing).map(async ([purpose, keyName]) => {
    const [keyRing = "", name = ""] = keyName.split("/cryptoKeys/");
    const key = await lookedUp(gcp.kms.getKMSCryptoKey({ keyRing, name }, options), (seen) => ({
      purpose: seen.purpose,
      primaryState: seen.primaries[0]?.state,
    }));
    return [purpose, key] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

export function gcpKeysProblems(
  { existing = {} }: Pick<GcpKeysSpec, "existing">,
  facts: GcpKeysFacts,
): Problem[] {
  return Object.keys(existing).flatMap((purpose) => {
    const path = `existing.${purpose}`;
    const key = facts[purpose] ?? { failure: "it was not looked up" };
    return problemsOfLookup(path, "a Cloud KMS key", key, (seen) => {
      if (seen.purpose !== "ENCRYPT_DECRYPT") {
        const message = "must be a key whose purpose is ENCRYPT_DECRYPT";
        return [{ path, message, got: seen.purpose }];
      }
      if (seen.primaryState === "ENABLED") return [];
      const message = "must have a primary version that is enabled";
      return [{ path, message, got: seen.primaryState ?? "none" }];
    });
  });
}
