import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { deployedSubnets, type IsolatedSubnets } from "../core/subnets.ts";
import { key, type TableIds } from "./aws-hub.ts";
import { sharedOf } from "./hubs.ts";
import type { ConnectivityPlan } from "./model.ts";
import { type PortRule, portRules, ruleKey } from "./rules.ts";

export interface AwsAttachmentArgs extends ComponentArgs {
  readonly plan: ConnectivityPlan;
  /** The cell's name. */
  readonly cell: string;
  readonly hub: { readonly transitGatewayId: pulumi.Input<string>; readonly tables: TableIds };
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** By the place of the zone. */
    readonly privateRouteTables: Readonly<Record<string, pulumi.Input<string>>>;
    /** Undefined where routes are not Atoll's. */
    readonly isolatedRouteTableId: pulumi.Input<string> | undefined;
  } & IsolatedSubnets;
}

/**
 * Attaches a cell's network to its Transit Gateway. Its private and isolated subnets get routes only to the blocks of cells in
 * the matrix. A security group allows the traffic of the matrix, for resources that other cells may reach.
 */
export class AwsAttachment extends BlueprintComponent {
  readonly cloud = "aws";
  /** Assign it to resources that other cells may reach: load balancers, brokers, databases. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AwsAttachmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("connectivity", "AwsAttachment", name, args, { cell: args.cell }, opts);
    const { network } = args;
    const isShared = args.plan.hubs.some((hub) => hub.cells.includes(args.cell) && sharedOf(hub));
    const attachment = new aws.ec2transitgateway.VpcAttachment(
      this.named(),
      {
        transitGatewayId: args.hub.transitGatewayId,
        vpcId: network.vpcId,
        // One in each zone, also in those that the manifest no longer names: nothing in a zone without one reaches the gateway. Their network ACLs allow internal traffic, which is sufficient here.
        subnetIds: [...deployedSubnets(network)],
        applianceModeSupport: "disable",
        dnsSupport: "enable",
        ipv6Support: "disable",
        // The gateway has no default route table, but the provider's defaults here are true. It cannot set or read them for a gateway of
        // another account, and reads true.
        transitGatewayDefaultRouteTableAssociation: isShared,
        transitGatewayDefaultRouteTablePropagation: isShared,
        tags: { Name: nameIn(args.ownership, "aws-name-tag", "hub") },
      },
      this.child(),
    );
    this.#tables(args, attachment);
    this.#routes(args, attachment);
    this.securityGroupId = this.#securityGroup(args);
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }

  /** Associates the cell's own route table, and propagates its routes to the planned tables. */
  #tables(
    { plan, cell, hub: { tables } }: AwsAttachmentArgs,
    attachment: aws.ec2transitgateway.VpcAttachment,
  ): void {
    const own = tables.cells[cell];
    if (own) {
      new aws.ec2transitgateway.RouteTableAssociation(
        this.named("table"),
        { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId: own },
        this.child(),
      );
    }
    const home = plan.hubs.find((hub) => hub.cells.includes(cell))?.key;
    for (const { hub, of, cells } of plan.routes.tables) {
      if (hub !== home || !cells.includes(cell)) continue;
      const [owner, table] =
        "cell" in of ? [of.cell, tables.cells[of.cell]] : [of.link, tables.links[of.link]];
      if (table === undefined) continue;
      new aws.ec2transitgateway.RouteTablePropagation(
        this.named(`known-to-${owner}`),
        { transitGatewayAttachmentId: attachment.id, transitGatewayRouteTableId: table },
        this.child(),
      );
    }
  }

  #routes(
    { plan, cell, network, hub }: AwsAttachmentArgs,
    attachment: aws.ec2transitgateway.VpcAttachment,
  ): void {
    const { privateRouteTables, isolatedRouteTableId } = network;
    const tables = [
      ...Object.entries(privateRouteTables).map(([place, id]) => [`private-${place}`, id] as const),
      ...(isolatedRouteTableId ? [["isolated", isolatedRouteTableId] as const] : []),
    ];
    for (const cidr of plan.routes.networks[cell] ?? []) {
      for (const [table, routeTableId] of tables) {
        new aws.ec2.Route(
          this.named(`${table}-to-${key(cidr)}`),
          {
            routeTableId,
            destinationCidrBlock: cidr,
            transitGatewayId: hub.transitGatewayId,
          },
          // AWS rejects a route to a gateway that the VPC is not attached to.
          this.child({ dependsOn: attachment }),
        );
      }
    }
  }

  #securityGroup({ plan, cell, network, ownership }: AwsAttachmentArgs): pulumi.Output<string> {
    const group = new aws.ec2.SecurityGroup(
      this.named("group"),
      {
        name: nameIn(ownership, "security-group", "connectivity"),
        description: "What other cells may reach, and what may be reached of them",
        vpcId: network.vpcId,
        tags: { Name: nameIn(ownership, "aws-name-tag", "connectivity") },
      },
      this.child(),
    );
    for (const rule of portRules(plan.rules, cell)) this.#rule(group, rule);
    return group.id;
  }

  #rule(group: aws.ec2.SecurityGroup, rule: PortRule): void {
    const Rule =
      rule.direction === "ingress"
        ? aws.vpc.SecurityGroupIngressRule
        : aws.vpc.SecurityGroupEgressRule;
    new Rule(
      this.named(`${ruleKey(rule)}-${rule.first}`),
      {
        securityGroupId: group.id,
        description: described(rule),
        ipProtocol: rule.protocol,
        fromPort: rule.first,
        toPort: rule.last,
        cidrIpv4: rule.cidr,
      },
      this.child(),
    );
  }
}

/** AuthorizeSecurityGroupIngress: 255 characters from a limited set. */
function described({ why }: PortRule): string {
  return why.replace(/[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g, " ").slice(0, 255);
}
