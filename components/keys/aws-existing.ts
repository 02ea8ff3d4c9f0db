/** Existing KMS keys: lookups and checks. */
import type * as pulumi from "@pulumi/pulumi";
import { type KmsKeyFacts, kmsKeyProblems, lookUpKmsKey } from "../core/aws-key.ts";
import type { Problem } from "../core/errors.ts";
import type { LookedUp } from "../core/existing.ts";
import type { AwsKeysSpec } from "./schema.ts";

/** By purpose. */
export type AwsKeysFacts = Readonly<Record<string, LookedUp<KmsKeyFacts>>>;

/** Looks up every key that the manifest refers to. A failed lookup is a fact as well. */
export async function lookUpAwsKeys(
  existing: NonNullable<AwsKeysSpec["existing"]>,
  options: pulumi.InvokeOptions,
): Promise<AwsKeysFacts> {
  const found = Object.entries(existing).map(
    async ([purpose, arn]) => [purpose, await lookUpKmsKey(arn, options)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

export function awsKeysProblems(
  { existing = {} }: Pick<AwsKeysSpec, "existing">,
  facts: AwsKeysFacts,
): Problem[] {
  return Object.keys(existing).flatMap((purpose) => {
    const path = `existing.${purpose}`;
    const key = facts[purpose] ?? { failure: "it was not looked up" };
    const manager = "facts" in key ? key.facts.manager : "CUSTOMER";
    if (manager !== "CUSTOMER") {
      const message = "must be a customer managed key: only its policy can name who uses it";
      return [{ path, message, got: manager }];
    }
    return [...kmsKeyProblems(path, key)];
  });
}
