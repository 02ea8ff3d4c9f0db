import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { AwsNetworkPart, ZoneSubnets } from "./aws-part.ts";
import type { DeployedNetwork } from "./deployed.ts";

const anywhere = "0.0.0.0/0";

export interface AwsRoutesArgs extends AwsNetworkPart {
  readonly deployed: DeployedNetwork | undefined;
}

/** Routes to the internet: an internet gateway for public subnets, NAT for private ones, none for isolated ones. */
export class AwsRoutes extends BlueprintComponent {
  /** By the place of the zone. */
  readonly privateRouteTables: Readonly<Record<string, pulumi.Output<string>>>;
  /** One for all zones. */
  readonly isolatedRouteTableId: pulumi.Output<string>;

  constructor(name: string, args: AwsRoutesArgs, opts: pulumi.ComponentResourceOptions) {
    super("network", "AwsRoutes", name, args, {}, opts);
    const internet = this.#public(args);
    const gateways = this.#natGateways(args, internet);
    this.privateRouteTables = this.#private(args, gateways);
    this.isolatedRouteTableId = this.#isolated(args);
    this.registerOutputs({
      privateRouteTableIds: Object.values(this.privateRouteTables),
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
    for (const zone of everyZone(args)) this.#associate(`public-${zone.zone}`, table, zone.public);
    return gateway;
  }

  /** One for each zone, or one for all. Their addresses are not protected, so that a permanent cell can change their number. */
  #natGateways(args: AwsRoutesArgs, internet: aws.ec2.InternetGateway): Gateways {
    const homes = gatewayZones(args);
    const gateways = homes.map(({ zone, public: subnet }): [string, aws.ec2.NatGateway] => {
      const address = new aws.ec2.Eip(
        this.named(`nat-address-${zone}`),
        { domain: "vpc", tags: tag(args, "nat", zone) },
        this.child({ dependsOn: internet }),
      );
      const gateway = new aws.ec2.NatGateway(
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
      return [zone, gateway];
    });
    return new Map(gateways);
  }

  /** A route table for each zone, even with a shared gateway: a change to one gateway per zone then only changes routes. */
  #private(args: AwsRoutesArgs, gateways: Gateways): Record<string, pulumi.Output<string>> {
    const [shared] = gateways.values();
    const tables = everyZone(args).map((zone): [number, pulumi.Output<string>] => {
      const table = this.#table(args, "private", zone.zone);
      const gateway = gateways.get(zone.zone) ?? shared;
      if (gateway) {
        new aws.ec2.Route(
          this.named(`private-internet-${zone.zone}`),
          { routeTableId: table.id, destinationCidrBlock: anywhere, natGatewayId: gateway.id },
          this.child(),
        );
      }
      this.#associate(`private-${zone.zone}`, table, zone.private);
      return [zone.place, table.id];
    });
    return Object.fromEntries(tables);
  }

  #isolated(args: AwsNetworkPart): pulumi.Output<string> {
    const table = this.#table(args, "isolated");
    for (const zone of everyZone(args))
      this.#associate(`isolated-${zone.zone}`, table, zone.isolated);
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

/** NAT gateways by zone. */
type Gateways = ReadonlyMap<string, aws.ec2.NatGateway>;

/** With those that the manifest no longer names: what is still in their subnets needs its routes. */
function everyZone({ zones, left }: AwsNetworkPart): readonly ZoneSubnets[] {
  return [...zones, ...left];
}

/** A shared gateway stays where it is. */
function gatewayZones({ spec, zones, deployed }: AwsRoutesArgs): readonly ZoneSubnets[] {
  if (spec.natGateways === "per-zone") return zones;
  const home = zones.find(({ zone }) => deployed?.gateways.includes(zone)) ?? zones[0];
  return home ? [home] : [];
}

function tag({ ownership }: AwsNetworkPart, ...key: string[]): Record<string, string> {
  return { Name: nameIn(ownership, "aws-name-tag", ...key) };
}
