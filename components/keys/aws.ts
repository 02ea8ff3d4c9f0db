import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { type AwsKeysFacts, awsKeysProblems } from "./aws-existing.ts";
import { keyPolicy } from "./aws-policies.ts";
import type { KeysContract } from "./contract.ts";
import {
  type AwsKeysInput,
  type AwsKeysSpec,
  awsKeysSchema,
  byPurpose,
  type Purpose,
  purposes,
} from "./schema.ts";

export interface AwsKeysArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsKeysInput;
  /** What AWS says of existing keys: the result of `lookUpAwsKeys()`. @default {} */
  readonly facts?: AwsKeysFacts;
}

/**
 * Customer-managed KMS keys of one account and region. Each has rotation, an alias and a policy that limits who can use it for
 * what.
 *
 * @example
 * const keys = new AwsKeys("keys", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1" }, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class AwsKeys extends BlueprintComponent implements KeysContract {
  readonly cloud = "aws";
  readonly keyArns: Readonly<Record<Purpose, pulumi.Output<string>>>;
  readonly keyIds: Readonly<Record<Purpose, pulumi.Output<string>>>;
  readonly references: Readonly<Record<Purpose, pulumi.Output<string>>>;

  constructor(name: string, args: AwsKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsKeysSchema, args.spec, name);
    const { facts = {} } = args;
    refuseUnsuitable(`keys in ${spec.region}`, awsKeysProblems(spec, facts));
    super("keys", "AwsKeys", name, args, { spec }, opts);
    const keys = byPurpose(purposes, (purpose) => {
      const arn = spec.existing?.[purpose];
      return arn === undefined ? this.#key(args, spec, purpose) : existingKey(arn);
    });
    this.keyArns = byPurpose(purposes, (purpose) => keys[purpose].arn);
    this.keyIds = byPurpose(purposes, (purpose) => keys[purpose].keyId);
    this.references = this.keyArns;
    this.registerOutputs({ keyArns: this.keyArns, keyIds: this.keyIds });
  }

  #key({ ownership }: AwsKeysArgs, spec: AwsKeysSpec, purpose: Purpose): aws.kms.Key {
    const key = new aws.kms.Key(
      this.named(purpose),
      {
        description: `Encrypts ${purpose.replaceAll("-", " ")} of ${ownership.environment}`,
        enableKeyRotation: true,
        rotationPeriodInDays: spec.rotationDays,
        deletionWindowInDays: spec.deletionWindowDays,
        policy: policyDocument(keyPolicy(purpose, spec)),
      },
      this.stateful(),
    );
    new aws.kms.Alias(
      this.named(`${purpose}-alias`),
      { name: nameIn(ownership, "kms-alias", purpose), targetKeyId: key.keyId },
      this.child(),
    );
    return key;
  }
}

/** A key that stays as it is: no alias, and no policy of Atoll's. */
function existingKey(arn: string): Pick<aws.kms.Key, "arn" | "keyId"> {
  return { arn: pulumi.output(arn), keyId: pulumi.output(arn.slice(arn.indexOf("/") + 1)) };
}
