import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { tenantKeyPolicy } from "./aws-policy.ts";
import type { TenantKeys } from "./contract.ts";
import { type AwsTenantKeysInput, awsTenantKeysSpec } from "./schema.ts";

export interface AwsTenantKeysArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsTenantKeysInput;
}

/**
 * A tenant's own KMS key. Deleting it makes all of the tenant's data unreadable, copies and backups included.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantKeys extends BlueprintComponent implements TenantKeys {
  readonly own: pulumi.Output<string>;

  constructor(name: string, args: AwsTenantKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantKeysSpec, args.spec, name);
    super("tenant-keys", "AwsTenantKeys", name, args, { spec }, opts);
    const key = new aws.kms.Key(
      this.named(),
      {
        description: `Encrypts the data of tenant ${spec.tenant} of ${args.ownership.environment}`,
        enableKeyRotation: true,
        rotationPeriodInDays: spec.rotationDays,
        deletionWindowInDays: spec.deletionWindowDays,
        policy: policyDocument(tenantKeyPolicy(spec.tenant, spec, spec.storesRole)),
      },
      this.stateful(),
    );
    new aws.kms.Alias(
      this.named("alias"),
      { name: nameIn(args.ownership, "kms-alias", "data"), targetKeyId: key.keyId },
      this.child(),
    );
    this.own = key.arn;
    this.registerOutputs({ own: this.own });
  }

  of(): pulumi.Output<string> {
    return this.own;
  }
}
