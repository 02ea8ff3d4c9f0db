/** A Transit Gateway that another account owns and shares by AWS RAM: what its owner has to do. */
import * as pulumi from "@pulumi/pulumi";
import { found, refuseUnsuitable } from "../core/existing.ts";
import { lookUpTransitGateway, transitGatewayProblems } from "./aws-existing.ts";
import type { AwsHub, SharedGateway } from "./hubs.ts";
import type { TransitTable } from "./routes.ts";

/** For the owner: associate each attachment with a route table that has these routes only. */
export interface OwnersPart {
  readonly transitGatewayId: string;
  readonly owner: string;
  /** Whether the owner must accept the attachments. */
  readonly accepts: boolean;
  /** By cell: the cells whose attachments propagate their routes to its route table. */
  readonly cells: Readonly<Record<string, { readonly routesTo: readonly string[] }>>;
}

/**
 * Looks up the gateway, and prints what its owner has to do. Nothing is created: only its owner can create route tables, associations,
 * propagations, peerings, VPN attachments and flow logs.
 *
 * @throws BlueprintError `existing-unsuitable`
 */
export async function sharedHub(
  hub: AwsHub & { readonly shared: SharedGateway },
  tables: readonly TransitTable[],
  options: pulumi.InvokeOptions,
): Promise<OwnersPart> {
  const { id, owner } = hub.shared;
  const existing = await lookUpTransitGateway(id, options);
  refuseUnsuitable(`Transit Gateway ${id}`, transitGatewayProblems(hub, existing));
  const accepts = found(existing.facts).autoAccept !== "enable";
  const part = { transitGatewayId: id, owner, accepts, cells: routesOf(tables) };
  await pulumi.log.info(ownersText(part));
  return part;
}

/** The planned tables, as the owner creates them. */
export function routesOf(tables: readonly TransitTable[]): OwnersPart["cells"] {
  return Object.fromEntries(
    tables.flatMap(({ of, cells }) => ("cell" in of ? [[of.cell, { routesTo: cells }]] : [])),
  );
}

export function ownersText({ transitGatewayId, owner, accepts, cells }: OwnersPart): string {
  const routes = Object.entries(cells)
    .filter(([, { routesTo }]) => routesTo.length > 0)
    .map(([cell, { routesTo }]) => `${cell}: to ${routesTo.join(", ")}`);
  return [
    `Transit Gateway ${transitGatewayId} is owned by ${owner}, and Atoll does not route in it. Its owner`,
    ...(accepts
      ? ["accepts the attachment of each cell, whose deployment fails at its routes before that,"]
      : []),
    `and associates each attachment with a route table that has only these routes: ${routes.join("; ") || "none"}`,
  ].join(" ");
}
