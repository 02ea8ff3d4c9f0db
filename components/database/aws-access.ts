import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";

export const postgresPort = 5432;

export interface AwsDatabaseAccessArgs extends ComponentArgs {
  readonly vpcId: pulumi.Input<string>;
  /** The security group of the cluster's nodes, the only one that may connect. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  /** Whether there is a proxy in front of the instances. */
  readonly proxy: boolean;
}

/** Security groups that allow only the cluster, and a proxy for it, to connect. */
export class AwsDatabaseAccess extends BlueprintComponent {
  readonly databaseGroupId: pulumi.Output<string>;
  readonly proxyGroupId: pulumi.Output<string> | undefined;
  readonly #args: AwsDatabaseAccessArgs;

  constructor(name: string, args: AwsDatabaseAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("database", "AwsDatabaseAccess", name, args, {}, opts);
    this.#args = args;
    const database = this.#group("instances", "PostgreSQL from the cluster and its proxy");
    this.#ingress("instances-from-cluster", database, args.clusterSecurityGroupId);
    this.databaseGroupId = database.id;
    this.proxyGroupId = args.proxy ? this.#proxy(database).id : undefined;
    this.registerOutputs({ databaseGroupId: this.databaseGroupId });
  }

  #proxy(database: aws.ec2.SecurityGroup): aws.ec2.SecurityGroup {
    const proxy = this.#group("proxy", "PostgreSQL from the cluster to the proxy of a database");
    this.#ingress("proxy-from-cluster", proxy, this.#args.clusterSecurityGroupId);
    this.#ingress("instances-from-proxy", database, proxy.id);
    new aws.vpc.SecurityGroupEgressRule(
      this.named("proxy-to-instances"),
      {
        securityGroupId: proxy.id,
        referencedSecurityGroupId: database.id,
        description: "PostgreSQL to the instances",
        ...postgres,
      },
      this.child(),
    );
    return proxy;
  }

  #group(key: string, description: string): aws.ec2.SecurityGroup {
    const { ownership, vpcId } = this.#args;
    const name = nameIn(ownership, "security-group", this.named(), key);
    return new aws.ec2.SecurityGroup(
      this.named(key),
      { name, description, vpcId, tags: { Name: name } },
      this.child(),
    );
  }

  #ingress(key: string, group: aws.ec2.SecurityGroup, from: pulumi.Input<string>): void {
    new aws.vpc.SecurityGroupIngressRule(
      this.named(key),
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: from,
        description: "PostgreSQL",
        ...postgres,
      },
      this.child(),
    );
  }
}

const postgres = { ipProtocol: "tcp", fromPort: postgresPort, toPort: postgresPort };
