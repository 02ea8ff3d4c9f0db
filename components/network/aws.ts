import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { CellTraffic } from "../core/traffic.ts";
import { AwsAccessLists } from "./aws-access-lists.ts";
import { AwsDnsFirewall } from "./aws-dns-firewall.ts";
import { AwsEndpoints } from "./aws-endpoints.ts";
import { AwsFlowLogs } from "./aws-flow-logs.ts";
import type { SubnetKind, ZoneSubnets } from "./aws-part.ts";
import { AwsRoutes } from "./aws-routes.ts";
import { type AwsNetworkInput, type AwsNetworkSpec, awsNetworkSchema } from "./aws-schema.ts";
import type { AwsNetworkOutputs, NetworkContract } from "./contract.ts";
import type { DeployedNetwork } from "./deployed.ts";
import { type AwsNetworkPlan, planAws, subnetSet, type ZonePlan } from "./plan.ts";

export interface AwsNetworkArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsNetworkInput;
  /** ARN of the key for flow logs. The key policy must allow CloudWatch Logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Allowed traffic between this network and other cells; see components/connectivity. @default [] */
  readonly cells?: readonly CellTraffic[];
  /** What is deployed of it: zones keep their subnets and addresses. @default nothing */
  readonly deployed?: DeployedNetwork;
}

/**
 * A VPC over several zones: private subnets for nodes, isolated ones for data, small public ones for NAT gateways and load
 * balancers. Subnets assign no public addresses, flow logs record all traffic, and VPC endpoints give access to AWS services.
 *
 * @example
 * const network = new AwsNetwork("network", {
 *   spec: { cloud: "aws", account: "111122223333", region: "us-east-1", cidr: "10.32.0.0/16", clusterName: "prod-aws-use1" },
 *   ownership, logsKeyArn: keys.keyArns.logs,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsNetwork extends BlueprintComponent implements NetworkContract, AwsNetworkOutputs {
  readonly cloud = "aws";
  readonly plan: AwsNetworkPlan;
  readonly vpcId: pulumi.Output<string>;
  /** In the order of the zones. */
  readonly privateSubnetIds: pulumi.Output<string>[];
  /** In the order of the zones. */
  readonly isolatedSubnetIds: pulumi.Output<string>[];
  readonly deployedIsolatedSubnetIds: pulumi.Output<string>[];
  readonly subnetSet: string;
  /** In the order of the zones. */
  readonly publicSubnetIds: pulumi.Output<string>[];
  readonly endpointSecurityGroupId: pulumi.Output<string>;
  readonly privateRouteTables: Readonly<Record<string, pulumi.Output<string>>>;
  /** One for all zones. */
  readonly isolatedRouteTableId: pulumi.Output<string>;

  constructor(name: string, args: AwsNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsNetworkSchema, args.spec, name);
    super("network", "AwsNetwork", name, args, { spec }, opts);
    this.plan = planAws(spec, args.deployed?.places);

    const vpc = this.#vpc(args, spec);
    const zones = this.plan.zones.map((plan) => this.#subnets(args, spec, vpc, plan, true));
    const left = this.plan.left.map((plan) => this.#subnets(args, spec, vpc, plan, false));
    const { ownership } = args;
    const shared = { ownership, retain: this.retain, spec, vpcId: vpc.id, zones, left };
    new AwsAccessLists(
      this.named("access"),
      { ...shared, vpc, cells: args.cells ?? [] },
      { parent: this },
    );
    const routes = new AwsRoutes(
      this.named("routes"),
      { ...shared, deployed: args.deployed },
      { parent: this },
    );
    new AwsFlowLogs(this.named("flow"), { ...shared, keyArn: args.logsKeyArn }, { parent: this });
    new AwsDnsFirewall(this.named("dns"), shared, { parent: this });
    const endpoints = new AwsEndpoints(
      this.named("endpoints"),
      { ...shared, routeTableIds: Object.values(routes.privateRouteTables) },
      { parent: this },
    );
    this.#publicIngress(spec);

    this.vpcId = vpc.id;
    this.privateSubnetIds = zones.map((zone) => zone.private.id);
    this.isolatedSubnetIds = zones.map((zone) => zone.isolated.id);
    this.deployedIsolatedSubnetIds = [...zones, ...left].map((zone) => zone.isolated.id);
    this.subnetSet = subnetSet(this.plan);
    this.publicSubnetIds = zones.map((zone) => zone.public.id);
    this.endpointSecurityGroupId = endpoints.securityGroupId;
    this.privateRouteTables = routes.privateRouteTables;
    this.isolatedRouteTableId = routes.isolatedRouteTableId;
    this.registerOutputs({
      plan: this.plan,
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      isolatedSubnetIds: this.isolatedSubnetIds,
      publicSubnetIds: this.publicSubnetIds,
      endpointSecurityGroupId: this.endpointSecurityGroupId,
      privateRouteTableIds: Object.values(this.privateRouteTables),
      isolatedRouteTableId: this.isolatedRouteTableId,
    });
  }

  #vpc({ ownership }: AwsNetworkArgs, spec: AwsNetworkSpec): aws.ec2.Vpc {
    const args: aws.ec2.VpcArgs = {
      cidrBlock: spec.cidr,
      // Both are required for private DNS names of interface endpoints and of the EKS control plane.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      // Publishes the address usage of the VPC as a metric.
      enableNetworkAddressUsageMetrics: true,
      tags: { Name: nameIn(ownership, "aws-name-tag", "vpc") },
    };
    return new aws.ec2.Vpc(this.named(), args, this.stateful());
  }

  #subnets(
    args: AwsNetworkArgs,
    spec: AwsNetworkSpec,
    vpc: aws.ec2.Vpc,
    plan: ZonePlan,
    inUse: boolean,
  ): ZoneSubnets {
    const subnet = (kind: SubnetKind, tags: Record<string, string>) => {
      const planned: aws.ec2.SubnetArgs = {
        vpcId: vpc.id,
        cidrBlock: plan[kind],
        availabilityZone: plan.zone,
        // Also in public subnets: load balancers and NAT gateways have their own addresses.
        mapPublicIpOnLaunch: false,
        tags: { Name: nameIn(args.ownership, "aws-name-tag", kind, plan.zone), ...(inUse && tags) },
      };
      return new aws.ec2.Subnet(this.named(`${kind}-${plan.zone}`), planned, this.stateful());
    };
    return {
      zone: plan.zone,
      place: plan.place,
      // Selected by the load balancer controller for internal load balancers, and by Karpenter for nodes.
      private: subnet("private", {
        "kubernetes.io/role/internal-elb": "1",
        "karpenter.sh/discovery": spec.clusterName,
      }),
      isolated: subnet("isolated", {}),
      public: subnet("public", { "kubernetes.io/role/elb": "1" }),
    };
  }

  /** NAT gateways are not affected: they allow only return traffic. */
  #publicIngress({ blockPublicIngress }: AwsNetworkSpec): void {
    if (!blockPublicIngress) return;
    new aws.ec2.VpcBlockPublicAccessOptions(
      this.named("block-public-ingress"),
      { internetGatewayBlockMode: "block-ingress" },
      this.child(),
    );
  }
}
