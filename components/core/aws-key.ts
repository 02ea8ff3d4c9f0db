/** An existing KMS key: the form of its ARN, and what of it can be looked up. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "./existing.ts";

export interface KmsKeyFacts {
  readonly arn: string;
  readonly enabled: boolean;
  readonly state: string;
  readonly spec: string;
  /** `CUSTOMER`, or `AWS` for the keys that services of AWS bring. */
  readonly manager: string;
}

export function lookUpKmsKey(
  keyId: string,
  options: pulumi.InvokeOptions,
): Promise<LookedUp<KmsKeyFacts>> {
  return lookedUp(aws.kms.getKey({ keyId }, options), (seen) => ({
    arn: seen.arn,
    enabled: seen.enabled,
    state: seen.keyState,
    spec: seen.keySpec,
    manager: seen.keyManager,
  }));
}

/** Whether AWS services can encrypt with it. That its policy lets them cannot be looked up. */
export function kmsKeyProblems(path: string, key: LookedUp<KmsKeyFacts>): readonly Problem[] {
  return problemsOfLookup(path, "a KMS key", key, ({ enabled, state, spec }) => {
    if (spec !== "SYMMETRIC_DEFAULT") {
      return [{ path, message: "must be a symmetric key for encryption", got: spec }];
    }
    return enabled ? [] : [{ path, message: "must be enabled", got: state }];
  });
}
