/** Associations and propagations of links in route tables of a Transit Gateway. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { TableIds } from "./aws-hub.ts";
import type { TransitTable } from "./routes.ts";

/** A VPN connection as an attachment, with the prefix of its resource names. */
export interface VpnAttachment {
  readonly key: string;
  readonly id: pulumi.Input<string>;
}

/**
 * Associates the attachments of a link with the link's route table, and propagates their routes to the planned tables of cells.
 */
export function associateTables(
  tables: readonly TransitTable[],
  ids: TableIds,
  link: string,
  attachments: readonly VpnAttachment[],
  opts: pulumi.CustomResourceOptions,
): void {
  const own = ids.links[link];
  const learning = tables.flatMap(({ of, links }) =>
    "cell" in of && links.includes(link) ? of.cell : [],
  );
  for (const { key, id } of attachments) {
    if (own) {
      new aws.ec2transitgateway.RouteTableAssociation(
        `${key}-table`,
        { transitGatewayAttachmentId: id, transitGatewayRouteTableId: own },
        opts,
      );
    }
    for (const cell of learning) {
      const table = ids.cells[cell];
      if (table === undefined) continue;
      new aws.ec2transitgateway.RouteTablePropagation(
        `${key}-to-${cell}`,
        { transitGatewayAttachmentId: id, transitGatewayRouteTableId: table },
        opts,
      );
    }
  }
}
