import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { nameIn, type Place } from "../core/place.ts";
import type { LogRetention } from "../core/retention.ts";
import { postgresPort } from "../database/aws-access.ts";
import { AwsDatabaseFunction } from "./aws-function.ts";
import { AwsDatabaseSetup } from "./aws-setup.ts";
import { provisioner } from "./names.ts";

/** The physical names of the functions of a cell. */
export function functionNames(place: Omit<Place, "tenant">) {
  return {
    tenants: nameIn(place, "lambda-function", "tenant-databases"),
    setup: nameIn(place, "lambda-function", "tenant-databases", "setup"),
  };
}

export interface AwsTenantFunctionsArgs extends ComponentArgs {
  readonly account: string;
  readonly region: string;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    readonly isolatedSubnetIds: readonly pulumi.Input<string>[];
    /** Of the interface endpoints. @default the whole block */
    readonly endpointSecurityGroupId?: pulumi.Input<string> | undefined;
    /** The block of the cell. */
    readonly cidr: string;
  };
  /** The cell's database. */
  readonly database: {
    readonly host: pulumi.Input<string>;
    readonly clusterResourceId: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
    readonly masterSecretArn: pulumi.Input<string>;
    /** Created before SQL can run. */
    readonly ready: pulumi.Resource;
  };
  readonly keys: { readonly logs: pulumi.Input<string>; readonly databases: pulumi.Input<string> };
  readonly logRetentionDays: LogRetention;
  /** Whether tenants can have clusters of their own. */
  readonly ownClusters: boolean;
}

/**
 * What makes the databases of all tenants of a cell on Aurora: a function that signs in with IAM as one role, and one that makes this
 * role with the master user's password, which nothing else of tenants reads.
 */
export class AwsTenantFunctions extends BlueprintComponent {
  readonly shares: {
    readonly databases: {
      readonly functionGroupId: pulumi.Output<string>;
      readonly setupGroupId: pulumi.Output<string>;
    };
  };

  constructor(name: string, args: AwsTenantFunctionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tenant-database", "AwsTenantFunctions", name, args, {}, opts);
    const { network, database, account, region } = args;
    const names = functionNames(args.ownership);
    const shared = {
      ownership: args.ownership,
      retain: this.retain,
      account,
      region,
      vpcId: network.vpcId,
      subnetIds: network.isolatedSubnetIds,
      logs: { keyArn: args.keys.logs, retentionDays: args.logRetentionDays },
    };
    const tenants = new AwsDatabaseFunction(
      this.named("tenants"),
      {
        ...shared,
        physical: names.tenants,
        handler: "tenants",
        description: "Makes the databases of tenants",
        statements: [signIn(args)],
      },
      this.child(),
    );
    const setup = new AwsDatabaseFunction(
      this.named("setup"),
      {
        ...shared,
        physical: names.setup,
        handler: "setup",
        description: "Makes the role that makes the databases of tenants",
        statements: readSecrets(args),
      },
      this.child(),
    );
    const rules = [
      this.#postgres("tenants", tenants.securityGroupId),
      this.#postgres("setup", setup.securityGroupId),
    ].map((allow) => allow(database.securityGroupId));
    const endpoints = this.#secretsManager(setup.securityGroupId, network);
    new AwsDatabaseSetup(
      this.named("role"),
      {
        ownership: args.ownership,
        retain: this.retain,
        functionName: setup.functionName,
        host: database.host,
        secretArn: database.masterSecretArn,
      },
      this.child({ dependsOn: [database.ready, ...rules.flat(), endpoints] }),
    );
    this.shares = {
      databases: {
        functionGroupId: tenants.securityGroupId,
        setupGroupId: setup.securityGroupId,
      },
    };
    this.registerOutputs({ shares: this.shares });
  }

  /** From a function to the cell's database, on both sides. */
  #postgres(key: string, functionGroup: pulumi.Output<string>) {
    return (database: pulumi.Input<string>) => [
      new aws.vpc.SecurityGroupEgressRule(
        this.named(`${key}-to-database`),
        {
          securityGroupId: functionGroup,
          referencedSecurityGroupId: database,
          description: "PostgreSQL",
          ...port(postgresPort),
        },
        this.child(),
      ),
      new aws.vpc.SecurityGroupIngressRule(
        this.named(`database-from-${key}`),
        {
          securityGroupId: database,
          referencedSecurityGroupId: functionGroup,
          description: "PostgreSQL from the function that makes databases of tenants",
          ...port(postgresPort),
        },
        this.child(),
      ),
    ];
  }

  #secretsManager(
    setup: pulumi.Output<string>,
    { endpointSecurityGroupId, cidr }: AwsTenantFunctionsArgs["network"],
  ): pulumi.Resource {
    return new aws.vpc.SecurityGroupEgressRule(
      this.named("setup-to-endpoints"),
      {
        securityGroupId: setup,
        description: "Secrets Manager through its endpoint",
        ...(endpointSecurityGroupId === undefined
          ? { cidrIpv4: cidr }
          : { referencedSecurityGroupId: endpointSecurityGroupId }),
        ...port(443),
      },
      this.child(),
    );
  }
}

function port(number: number) {
  return { ipProtocol: "tcp", fromPort: number, toPort: number };
}

/** As one role of the cell's cluster, and of tenants' own clusters, whose ids are not known before tenants are. */
function signIn({ account, region, database, ownClusters }: AwsTenantFunctionsArgs): Statement {
  const users = `arn:aws:rds-db:${region}:${account}:dbuser:`;
  return {
    sid: "SignIn",
    actions: "rds-db:connect",
    resources: [
      pulumi.interpolate`${users}${database.clusterResourceId}/${provisioner}`,
      ...(ownClusters ? [`${users}cluster-*/${provisioner}`] : []),
    ],
  };
}

/** The master user's secret of the cell's cluster, and those that RDS manages for clusters of its tenants. */
function readSecrets(args: AwsTenantFunctionsArgs): Statement[] {
  const { account, region, database, keys, ownClusters, ownership } = args;
  const { environment, cell = "" } = ownership;
  return [
    {
      sid: "MasterUser",
      actions: "secretsmanager:GetSecretValue",
      resources: database.masterSecretArn,
    },
    ...(ownClusters
      ? [
          {
            sid: "MasterUsersOfTenants",
            actions: "secretsmanager:GetSecretValue",
            resources: `arn:aws:secretsmanager:${region}:${account}:secret:rds!cluster-*`,
            conditions: {
              // RDS tags the secrets that it manages with their cluster.
              ArnLike: {
                "secretsmanager:ResourceTag/aws:rds:primaryDBClusterArn": `arn:aws:rds:${region}:${account}:cluster:${environment}-${cell}-*`,
              },
            },
          },
        ]
      : []),
    {
      sid: "DecryptIt",
      actions: "kms:Decrypt",
      resources: keys.databases,
      conditions: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` },
      },
    },
  ];
}
