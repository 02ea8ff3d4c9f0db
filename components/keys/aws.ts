import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
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
}

/**
 * Customer-managed KMS keys of one account and region. Each has rotation, an alias and a policy that limits who can use it for
 * what.
 *
 * The policy of the key for volumes names the service-linked role of EC2 Auto Scaling, so it must exist. AWS creates it with the
 * first Auto Scaling group, or with `aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com`.
 *
 * @example
 * const keys = new AwsKeys("keys", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1" }, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsKeys extends BlueprintComponent implements KeysContract {
  readonly cloud = "aws";
  readonly keyArns: Readonly<Record<Purpose, pulumi.Output<string>>>;
  readonly keyIds: Readonly<Record<Purpose, pulumi.Output<string>>>;
  readonly references: Readonly<Record<Purpose, pulumi.Output<string>>>;

  constructor(name: string, args: AwsKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsKeysSchema, args.spec, name);
    super("keys", "AwsKeys", name, args, { spec }, opts);
    const keys = byPurpose(purposes, (purpose) => this.#key(args, spec, purpose));
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
