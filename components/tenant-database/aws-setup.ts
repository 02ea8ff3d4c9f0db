import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { postgresPort } from "../database/aws-access.ts";

export interface AwsDatabaseSetupArgs extends ComponentArgs {
  /** The function `setup` of the cell. */
  readonly functionName: pulumi.Input<string>;
  /** The writer of the cluster. */
  readonly host: pulumi.Input<string>;
  /** The secret of its master user. */
  readonly secretArn: pulumi.Input<string>;
}

/** The role that makes databases, in one Aurora cluster. */
export class AwsDatabaseSetup extends BlueprintComponent {
  constructor(name: string, args: AwsDatabaseSetupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "AwsDatabaseSetup", name, args, {}, opts);
    const { host, secretArn } = args;
    new aws.lambda.Invocation(
      this.named(),
      {
        functionName: args.functionName,
        input: pulumi.jsonStringify({ server: { host, port: postgresPort }, secret: secretArn }),
        lifecycleScope: "CRUD",
      },
      this.child(),
    );
    this.registerOutputs({});
  }
}
