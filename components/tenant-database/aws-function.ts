import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, type Statement, trustPolicy } from "../core/iam.ts";
import type { LogRetention } from "../core/retention.ts";
import { functionCode } from "./aws-code.ts";

export interface AwsDatabaseFunctionArgs extends ComponentArgs {
  readonly account: string;
  readonly region: string;
  /** Physical name of the function, its role and its security group. */
  readonly physical: string;
  /** The exported function of the code. */
  readonly handler: "tenants" | "setup";
  readonly description: string;
  /** What its role may do, besides logs and network interfaces. */
  readonly statements: readonly Statement[];
  readonly vpcId: pulumi.Input<string>;
  /** At least two isolated subnets. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly logs: { readonly keyArn: pulumi.Input<string>; readonly retentionDays: LogRetention };
}

/** Longer than a connection and the statements of a database take, with others waiting for the same lock. */
const timeoutSeconds = 300;

/** A function of the cell's network that runs SQL, with a role and a security group of its own. It has no passwords and no packages to install. */
export class AwsDatabaseFunction extends BlueprintComponent {
  readonly functionName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AwsDatabaseFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "AwsDatabaseFunction", name, args, {}, opts);
    const { physical } = args;
    const group = new aws.ec2.SecurityGroup(
      this.named("group"),
      {
        name: physical,
        description: args.description,
        vpcId: args.vpcId,
        tags: { Name: physical },
      },
      this.child(),
    );
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // Lambda writes to this name and would create the group itself, unencrypted and without expiry.
        name: `/aws/lambda/${physical}`,
        kmsKeyId: args.logs.keyArn,
        retentionInDays: args.logs.retentionDays,
      },
      this.child(),
    );
    const role = this.#role(args);
    const made = new aws.lambda.Function(
      this.named(),
      {
        name: physical,
        description: args.description,
        runtime: aws.lambda.Runtime.NodeJS24dX,
        architectures: ["arm64"],
        handler: `index.${args.handler}`,
        code: functionCode(),
        role: role.arn,
        timeout: timeoutSeconds,
        memorySize: 256,
        vpcConfig: { subnetIds: [...args.subnetIds], securityGroupIds: [group.id] },
        loggingConfig: { logFormat: "JSON", logGroup: logs.name },
      },
      this.child({ dependsOn: role.policies }),
    );
    this.functionName = made.name;
    this.securityGroupId = group.id;
    this.registerOutputs({ functionName: this.functionName });
  }

  #role({ physical, description, account, region, statements }: AwsDatabaseFunctionArgs) {
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: physical,
        description,
        assumeRolePolicy: trustPolicy("lambda.amazonaws.com", {
          conditions: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
              "aws:SourceArn": `arn:aws:lambda:${region}:${account}:function:${physical}`,
            },
          },
        }),
      },
      this.child(),
    );
    const network = new aws.iam.RolePolicyAttachment(
      this.named("role-network"),
      {
        role: role.name,
        // Network interfaces in the subnets, and logs.
        policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
      },
      this.child(),
    );
    const own = new aws.iam.RolePolicy(
      this.named("role-policy"),
      { name: "databases", role: role.name, policy: policyDocument(statements) },
      this.child(),
    );
    return { arn: role.arn, policies: [network, own] };
  }
}
