import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { nameIn } from "../core/place.ts";
import { type ExistingTransitGateway, transitGatewayProblems } from "./aws-existing.ts";
import { AwsHubLogs } from "./aws-logs.ts";
import type { AwsHub } from "./hubs.ts";
import type { TransitTable } from "./routes.ts";

export interface AwsHubArgs extends ComponentArgs {
  readonly hub: AwsHub;
  /** The planned route tables of this hub. */
  readonly tables: readonly TransitTable[];
  /** ARN of the key for logs in the hub's account and region. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Days that logs are kept. */
  readonly retentionDays: number;
  /** One that exists: the result of `lookUpTransitGateway()`. @default it is created */
  readonly existing?: ExistingTransitGateway;
}

/** Ids of route tables, by the cell or link that they are associated with. */
export interface TableIds {
  readonly cells: Readonly<Record<string, pulumi.Input<string>>>;
  readonly links: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * A Transit Gateway without default routing: every attachment has its own route table, and attachments create the propagations.
 *
 * @throws BlueprintError `existing-unsuitable` with every failed check of one that exists.
 */
export class AwsTransitHub extends BlueprintComponent {
  readonly cloud = "aws";
  readonly hub: AwsHub;
  readonly transitGatewayId: pulumi.Output<string>;
  readonly tables: TableIds;
  /** The log group of this hub's tunnels. */
  readonly tunnelLogGroupArn: pulumi.Output<string>;

  constructor(name: string, args: AwsHubArgs, opts?: pulumi.ComponentResourceOptions) {
    const { hub, existing } = args;
    if (existing) {
      refuseUnsuitable(`Transit Gateway ${existing.id}`, transitGatewayProblems(hub, existing));
    }
    super("connectivity", "AwsTransitHub", name, args, { hub }, opts);
    this.hub = hub;
    this.transitGatewayId = existing ? pulumi.output(existing.id) : this.#gateway(args).id;
    this.tables = this.#tables(args);
    const logs = new AwsHubLogs(
      this.named("logs"),
      {
        ownership: args.ownership,
        retain: this.retain,
        hub,
        transitGatewayId: this.transitGatewayId,
        keyArn: args.logsKeyArn,
        retentionDays: args.retentionDays,
      },
      { parent: this },
    );
    this.tunnelLogGroupArn = logs.tunnelGroupArn;
    this.registerOutputs({ transitGatewayId: this.transitGatewayId, tables: this.tables });
  }

  #gateway({ ownership, hub }: AwsHubArgs): aws.ec2transitgateway.TransitGateway {
    const args: aws.ec2transitgateway.TransitGatewayArgs = {
      description: `Joins the cells of ${ownership.environment} in ${hub.region}`,
      amazonSideAsn: hub.asn,
      // Only explicit route tables route traffic.
      defaultRouteTableAssociation: "disable",
      defaultRouteTablePropagation: "disable",
      autoAcceptSharedAttachments: "disable",
      dnsSupport: "enable",
      // Uses both tunnels of a connection, and both connections of a link.
      vpnEcmpSupport: "enable",
      multicastSupport: "disable",
      tags: { Name: nameIn(ownership, "aws-name-tag", "hub") },
    };
    return new aws.ec2transitgateway.TransitGateway(this.named(), args, this.stateful());
  }

  #tables({ ownership, tables }: AwsHubArgs): TableIds {
    const cells: Record<string, pulumi.Output<string>> = {};
    const links: Record<string, pulumi.Output<string>> = {};
    for (const { of, blackholes } of tables) {
      const [ids, kind, owner] =
        "cell" in of ? ([cells, "cell", of.cell] as const) : ([links, "link", of.link] as const);
      const table = new aws.ec2transitgateway.RouteTable(
        this.named(`${kind}-${owner}`),
        {
          transitGatewayId: this.transitGatewayId,
          tags: { Name: nameIn(ownership, "aws-name-tag", kind, owner) },
        },
        this.child(),
      );
      ids[owner] = table.id;
      for (const cidr of blackholes) {
        new aws.ec2transitgateway.Route(
          this.named(`${kind}-${owner}-not-${key(cidr)}`),
          {
            transitGatewayRouteTableId: table.id,
            destinationCidrBlock: cidr,
            blackhole: true,
          },
          this.child(),
        );
      }
    }
    return { cells, links };
  }
}

/** A block as part of a resource's name. */
export function key(cidr: string): string {
  return cidr.replaceAll(".", "-").replace("/", "_");
}
