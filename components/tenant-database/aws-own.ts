import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { AwsDatabase, type AwsDatabaseArgs } from "../database/aws.ts";
import { postgresPort } from "../database/aws-access.ts";
import { AwsDatabaseSetup } from "./aws-setup.ts";

export interface AwsTenantClusterArgs extends ComponentArgs {
  /** Settings of the cluster in the form of the cell's. */
  readonly spec: AwsDatabaseArgs["spec"];
  readonly network: AwsDatabaseArgs["network"];
  readonly cluster: AwsDatabaseArgs["cluster"];
  readonly keys: AwsDatabaseArgs["keys"];
  /** The cell's functions, which run SQL in it. */
  readonly functions: {
    readonly setupName: string;
    readonly functionGroupId: pulumi.Input<string>;
    readonly setupGroupId: pulumi.Input<string>;
  };
}

/** An Aurora cluster of one tenant, in which the cell's functions make its databases. */
export class AwsTenantCluster extends BlueprintComponent {
  readonly database: AwsDatabase;

  constructor(name: string, args: AwsTenantClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "AwsTenantCluster", name, args, {}, opts);
    const { ownership, spec, network, cluster, keys, functions } = args;
    const shared = { ownership, retain: this.retain };
    this.database = new AwsDatabase(
      this.named("postgres"),
      { ...shared, spec, network, cluster, keys },
      this.child(),
    );
    const rules = [
      ...this.#allow("function", functions.functionGroupId),
      ...this.#allow("setup", functions.setupGroupId),
    ];
    new AwsDatabaseSetup(
      this.named("role"),
      {
        ...shared,
        functionName: functions.setupName,
        host: this.database.writerEndpoint,
        secretArn: this.database.masterSecretArn,
      },
      this.child({ dependsOn: [this.database, ...rules] }),
    );
    this.registerOutputs({});
  }

  #allow(key: string, functionGroup: pulumi.Input<string>): pulumi.Resource[] {
    const { securityGroupId } = this.database;
    const postgres = { ipProtocol: "tcp", fromPort: postgresPort, toPort: postgresPort };
    return [
      new aws.vpc.SecurityGroupIngressRule(
        this.named(`from-${key}`),
        {
          securityGroupId,
          referencedSecurityGroupId: functionGroup,
          description: "PostgreSQL from the function that makes databases of tenants",
          ...postgres,
        },
        this.child(),
      ),
      new aws.vpc.SecurityGroupEgressRule(
        this.named(`${key}-out`),
        {
          securityGroupId: functionGroup,
          referencedSecurityGroupId: securityGroupId,
          description: "PostgreSQL of a tenant",
          ...postgres,
        },
        this.child(),
      ),
    ];
  }
}
