import { randomBytes } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";

export interface AwsDatabaseMasterArgs extends ComponentArgs {
  readonly username: string;
  /** Encrypts the secret. */
  readonly keyArn: pulumi.Input<string>;
  /** Another region that the secret is replicated to. @default none */
  readonly copy?: { readonly region: string; readonly keyArn: pulumi.Input<string> };
}

/** Bytes of the password: 40 characters in Base64. */
const strength = 30;

/**
 * The master user of a database whose password RDS cannot manage: generated once, and stored in a secret that is replicated to
 * the other region. Users and workloads authenticate with IAM; this user creates users, and is for emergencies.
 */
export class AwsDatabaseMaster extends BlueprintComponent {
  readonly secretArn: pulumi.Output<string>;
  /** Secret. */
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: AwsDatabaseMasterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("database", "AwsDatabaseMaster", name, args, {}, opts);
    const { username, keyArn, copy } = args;
    const secret = new aws.secretsmanager.Secret(
      this.named(),
      {
        name: nameIn(args.ownership, "secrets-manager-secret", "database", "master"),
        description: "Master user of the database",
        kmsKeyId: keyArn,
        recoveryWindowInDays: this.retain ? 30 : 0,
        ...(copy ? { replicas: [{ region: copy.region, kmsKeyId: copy.keyArn }] } : {}),
      },
      this.stateful(),
    );
    const proposed = { username, password: randomBytes(strength).toString("base64url") };
    const version = new aws.secretsmanager.SecretVersion(
      this.named("password"),
      { secretId: secret.id, secretString: pulumi.secret(JSON.stringify(proposed)) },
      // Keeps the first password: every run generates another.
      this.stateful({ ignoreChanges: ["secretString"] }),
    );
    this.secretArn = secret.arn;
    this.password = pulumi.secret(version.secretString).apply((text) => passwordIn(text ?? ""));
    this.registerOutputs({ secretArn: this.secretArn });
  }
}

function passwordIn(text: string): string {
  return (JSON.parse(text) as { password: string }).password;
}
