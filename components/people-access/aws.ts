import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { cedarPolicy } from "./cedar.ts";
import { type AwsPeopleInput, type AwsPeopleSpec, awsPeopleSpec } from "./schema.ts";

export interface AwsPeopleAccessArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsPeopleInput;
  /** The Verified Access instance of the account and region: see `AwsPeopleDoor`. */
  readonly instanceId: pulumi.Input<string>;
  /** Encrypts policies and endpoints. The key policy must allow Verified Access. */
  readonly keyArn: pulumi.Input<string>;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    readonly privateSubnetIds: readonly pulumi.Input<string>[];
  };
  readonly cluster: { readonly clusterSecurityGroupId: pulumi.Input<string> };
  /** Required if a group reaches the database. */
  readonly database?:
    | {
        readonly arn: pulumi.Input<string>;
        readonly writerEndpoint: pulumi.Input<string>;
        readonly securityGroupId: pulumi.Input<string>;
      }
    | undefined;
}

type Groups = AwsPeopleSpec["database"];
type Behind = Omit<
  aws.verifiedaccess.EndpointArgs,
  "attachmentType" | "verifiedAccessGroupId" | "securityGroupIds" | "sseSpecification"
>;

const ports = { api: 443, postgres: 5432, https: 443 } as const;

/**
 * The targets that people reach in a cell on AWS. Each has its own Verified Access endpoint and policy: the cluster's API and the
 * database through the Connectivity Client, dashboards through a browser. Nothing has a public address, and there is no bastion.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsPeopleAccess extends BlueprintComponent {
  /** The domain that clients connect to, by target. */
  readonly endpoints: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AwsPeopleAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsPeopleSpec, args.spec, name);
    super("people-access", "AwsPeopleAccess", name, args, { spec }, opts);
    this.endpoints = {
      ...this.#clusterApi(args, spec),
      ...this.#database(args, spec),
      ...this.#dashboards(args, spec),
    };
    this.registerOutputs({ endpoints: this.endpoints });
  }

  /** The API has an address in each private subnet, which AWS can change. Security groups limit traffic to the API. */
  #clusterApi(args: AwsPeopleAccessArgs, spec: AwsPeopleSpec) {
    const { network, cluster } = args;
    const target = cluster.clusterSecurityGroupId;
    return this.#behind(args, spec, "cluster-api", spec.clusterApi, ports.api, target, {
      endpointType: "cidr",
      cidrOptions: {
        cidr: spec.cidr,
        protocol: "tcp",
        portRanges: [{ fromPort: ports.api, toPort: ports.api }],
        subnetIds: [...network.privateSubnetIds],
      },
    });
  }

  #database(args: AwsPeopleAccessArgs, spec: AwsPeopleSpec) {
    const { network, database } = args;
    if (database === undefined) return {};
    const { arn, writerEndpoint, securityGroupId } = database;
    return this.#behind(args, spec, "database", spec.database, ports.postgres, securityGroupId, {
      endpointType: "rds",
      rdsOptions: {
        rdsDbClusterArn: arn,
        rdsEndpoint: writerEndpoint,
        protocol: "tcp",
        port: ports.postgres,
        subnetIds: [...network.privateSubnetIds],
      },
    });
  }

  #dashboards(args: AwsPeopleAccessArgs, spec: AwsPeopleSpec) {
    const { privateSubnetIds } = args.network;
    const endpoints = Object.entries(spec.dashboards).map(([key, dashboard]) => {
      const { domain, certificateArn, loadBalancerArn, securityGroupId } = dashboard;
      const name = `dashboard-${key}`;
      return this.#behind(args, spec, name, spec.dashboardsFor, ports.https, securityGroupId, {
        endpointType: "load-balancer",
        applicationDomain: domain,
        domainCertificateArn: certificateArn,
        endpointDomainPrefix: key,
        loadBalancerOptions: {
          loadBalancerArn,
          protocol: "https",
          port: ports.https,
          subnetIds: [...privateSubnetIds],
        },
      });
    });
    return Object.assign({}, ...endpoints) as Record<string, pulumi.Output<string>>;
  }

  /** A policy, an endpoint, and security group rules from the endpoint to the target only. */
  #behind(
    args: AwsPeopleAccessArgs,
    spec: AwsPeopleSpec,
    key: string,
    groups: Groups,
    port: number,
    target: pulumi.Input<string>,
    behind: Behind,
  ): Record<string, pulumi.Output<string>> {
    if (Object.keys(groups).length === 0) return {};
    const { ownership, instanceId, keyArn } = args;
    const encryption = { customerManagedKeyEnabled: true, kmsKeyArn: keyArn };
    const group = new aws.verifiedaccess.Group(
      this.named(`${key}-group`),
      {
        description: `Who reaches ${key}: ${Object.keys(groups).join(", ")}`,
        verifiedaccessInstanceId: instanceId,
        policyDocument: cedarPolicy(groups, spec.users, spec.devices),
        sseConfiguration: encryption,
        tags: { Name: nameIn(ownership, "aws-name-tag", "people", key) },
      },
      this.child(),
    );
    const from = this.#securityGroup(args, key, port, target);
    const endpoint = new aws.verifiedaccess.Endpoint(
      this.named(key),
      {
        ...behind,
        description: `People to ${key}`,
        attachmentType: "vpc",
        verifiedAccessGroupId: group.id,
        securityGroupIds: [from.id],
        sseSpecification: encryption,
        tags: { Name: nameIn(ownership, "aws-name-tag", "people", key) },
      },
      // Verified Access cannot move these endpoints: other subnets would replace them, and the names that people use.
      this.child({ ignoreChanges: immovable(behind) }),
    );
    return { [key]: endpoint.endpointDomain };
  }

  #securityGroup(
    { ownership, network }: AwsPeopleAccessArgs,
    key: string,
    port: number,
    target: pulumi.Input<string>,
  ): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      this.named(`${key}-door`),
      {
        name: nameIn(ownership, "security-group", "people", key),
        description: `People to ${key}`,
        vpcId: network.vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", "people", key) },
      },
      this.child(),
    );
    const passage = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new aws.vpc.SecurityGroupEgressRule(
      this.named(`${key}-out`),
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: target,
        description: `People to ${key}`,
        ...passage,
      },
      this.child(),
    );
    new aws.vpc.SecurityGroupIngressRule(
      this.named(`${key}-in`),
      {
        securityGroupId: target,
        referencedSecurityGroupId: group.id,
        description: `People by Verified Access to ${key}`,
        ...passage,
      },
      this.child(),
    );
    return group;
  }
}

function immovable(behind: Behind): string[] {
  const options = ["cidrOptions", "rdsOptions"] as const;
  return options.filter((each) => behind[each]).map((each) => `${each}.subnetIds`);
}
