/** What route tables of a Transit Gateway are told about links. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { TableIds } from "./aws-hub.ts";
import type { TransitTable } from "./routes.ts";

/** A VPN connection as an attachment, with the name that its resources start with. */
export interface VpnAttachment {
  readonly key: string;
  readonly id: pulumi.Input<string>;
}

/**
 * Puts the attachments of a link into the link's table, and lets the cells' tables that are planned to learn from them do so.
 */
export function writeTables(
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
