import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsNetworkPart, ZoneSubnets } from "./aws-part.ts";

const anywhere = "0.0.0.0/0";

/** Routes to the internet: an internet gateway for public subnets, NAT for private ones, none for isolated ones. */
export class AwsRoutes extends BlueprintComponent {
  /** In the order of the zones. */
  readonly privateRouteTableIds: pulumi.Output<string>[];
  /** One for all zones. */
  readonly isolatedRouteTableId: pulumi.Output<string>;

  constructor(name: string, args: AwsNetworkPart, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsRoutes", name, args, {}, opts);
    const internet = this.#public(args);
    const gateways = this.#natGateways(args, internet);
    this.privateRouteTableIds = this.#private(args, gateways);
    this.isolatedRouteTableId = this.#isolated(args);
    this.registerOutputs({
      privateRouteTableIds: this.privateRouteTableIds,
      isolatedRouteTableId: this.isolatedRouteTableId,
    });
  }

  #public(args: AwsNetworkPart): aws.ec2.InternetGateway {
    const gateway = new aws.ec2.InternetGateway(
      this.named("internet"),
      { vpcId: args.vpcId, tags: tag(args, "internet") },
      this.child(),
    );
    const table = this.#table(args, "public");
    new aws.ec2.Route(
      this.named("public-internet"),
      { routeTableId: table.id, destinationCidrBlock: anywhere, gatewayId: gateway.id },
      this.child(),
    );
    for (const zone of args.zones) this.#associate(`public-${zone.zone}`, table, zone.public);
    return gateway;
  }

  /** One for each zone, or one for all. Their addresses are not protected, so that a permanent cell can change their number. */
  #natGateways(args: AwsNetworkPart, internet: aws.ec2.InternetGateway): aws.ec2.NatGateway[] {
    const homes = args.spec.natGateways === "single" ? args.zones.slice(0, 1) : args.zones;
    return homes.map(({ zone, public: subnet }) => {
      const address = new aws.ec2.Eip(
        this.named(`nat-address-${zone}`),
        { domain: "vpc", tags: tag(args, "nat", zone) },
        this.child({ dependsOn: internet }),
      );
      return new aws.ec2.NatGateway(
        this.named(`nat-${zone}`),
        {
          subnetId: subnet.id,
          allocationId: address.id,
          connectivityType: "public",
          tags: tag(args, "nat", zone),
        },
        // AWS refuses a NAT gateway in a VPC without an internet gateway.
        this.child({ dependsOn: internet }),
      );
    });
  }

  /** A route table for each zone, even with a shared gateway: a change to one gateway per zone then only changes routes. */
  #private(args: AwsNetworkPart, gateways: aws.ec2.NatGateway[]): pulumi.Output<string>[] {
    return args.zones.map((zone, place) => {
      const table = this.#table(args, "private", zone.zone);
      const gateway = gateways[place] ?? gateways[0];
      if (gateway) {
        new aws.ec2.Route(
          this.named(`private-internet-${zone.zone}`),
          { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: gateway.id },
          this.child(),
        );
      }
      this.#associate(`private-${zone.zone}`, table, zone.private);
      return table.id;
    });
  }

  #isolated(args: AwsNetworkPart): pulumi.Output<string> {
    const table = this.#table(args, "isolated");
    for (const zone of args.zones) this.#associate(`isolated-${zone.zone}`, table, zone.isolated);
    return table.id;
  }

  #table(args: AwsNetworkPart, ...key: string[]): aws.ec2.RouteTable {
    return new aws.ec2.RouteTable(
      this.named(["table", ...key].join("-")),
      { vpcId: args.vpcId, tags: tag(args, ...key) },
      this.child(),
    );
  }

  #associate(key: string, table: aws.ec2.RouteTable, subnet: ZoneSubnets["public"]): void {
    new aws.ec2.RouteTableAssociation(
      this.named(key),
      { routeTableId: table.id, subnetId: subnet.id },
      this.child(),
    );
  }
}

function tag({ ownership }: AwsNetworkPart, ...key: string[]): Record<string, string> {
  return { Name: nameIn(ownership, "aws-name-tag", ...key) };
}
