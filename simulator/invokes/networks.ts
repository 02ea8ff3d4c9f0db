/** What data sources tell of networks beside the properties of the resource: blocks of a VPC, free addresses, routes. */
import { rangesOf } from "../invariants/subnets.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";

/** What puts a subnet into a route table. */
export const routeTableAssociation = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const route = "aws:ec2/route:Route";

/** AWS keeps five addresses of each subnet for itself. */
const reserved = 5;

/** What follows from the resource that answers, by data source. */
export const networkFacts: Readonly<Record<string, (found: Resource, store: Store) => Bag>> = {
  "aws:ec2/getVpc:getVpc": (vpc, store) => ({
    cidrBlockAssociations: rangesOf(vpc, store).map(({ text }, place) => ({
      associationId: `vpc-cidr-assoc-${vpc.id.replace(/^vpc-/, "")}${place}`,
      cidrBlock: text,
      state: "associated",
    })),
    default: false,
    state: "available",
  }),
  "aws:ec2/getSubnet:getSubnet": ({ state }) => ({
    availableIpAddressCount: 2 ** (32 - Number(String(state.cidrBlock).split("/")[1])) - reserved,
    state: "available",
    tags: isBag(state.tags) ? state.tags : {},
  }),
  "aws:ec2/getRouteTable:getRouteTable": (table, store) => ({
    routeTableId: table.id,
    routes: [
      ...(Array.isArray(table.state.routes) ? table.state.routes : []),
      ...store.referrers(table.key, route).map(({ resource: { state } }) => ({
        ...state,
        cidrBlock: state.destinationCidrBlock,
      })),
    ],
  }),
};

/** The route table that a subnet is associated with; undefined where it uses the main one. */
export function tableOfSubnet(subnetId: unknown, associations: readonly Resource[]): unknown {
  return associations.find(({ state }) => state.subnetId === subnetId)?.state.routeTableId;
}
