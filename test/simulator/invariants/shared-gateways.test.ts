// A shared Transit Gateway, without engine. That EC2 refuses these calls is known from its documentation, the exact error is not.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { putExisting } from "../../../simulator/existing.ts";
import { type Played, playedCloud } from "../../support/played-cloud.ts";

const id = "tgw-0a1b2c3d4e5f60718";
const ROUTE_TABLE = "aws:ec2transitgateway/routeTable:RouteTable";

let cloud: Played;
beforeEach(() => {
  cloud = playedCloud();
});
afterEach(() => cloud.stop());

const exist = (ownerId: string) =>
  putExisting(cloud.store, [
    {
      type: "aws:ec2transitgateway/transitGateway:TransitGateway",
      id,
      config: { region: "us-east-1" },
      inputs: { amazonSideAsn: 64_512 },
      facts: { ownerId, state: "available" },
    },
  ]);

test("only its owner can create route tables, VPN connections and flow logs", () => {
  exist("999988887777");
  const refused = (type: string, inputs: Record<string, unknown>) =>
    assert.throws(() => cloud.make(type, "it", inputs), /owned by account 999988887777/);
  refused(ROUTE_TABLE, { transitGatewayId: id });
  const gateway = cloud.make("aws:ec2/customerGateway:CustomerGateway", "router", {
    bgpAsn: "65010",
    ipAddress: "198.51.100.7",
    type: "ipsec.1",
  });
  refused("aws:ec2/vpnConnection:VpnConnection", {
    transitGatewayId: id,
    customerGatewayId: gateway.id,
    type: "ipsec.1",
  });
  cloud.make("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
  refused("aws:ec2/flowLog:FlowLog", {
    transitGatewayId: id,
    logDestinationType: "s3",
    logDestination: "arn:aws:s3:::logs",
    maxAggregationInterval: 60,
  });
});

test("the owner can", () => {
  exist("111122223333");
  assert.match(cloud.make(ROUTE_TABLE, "it", { transitGatewayId: id }).id, /^tgw-rtb-/);
});
