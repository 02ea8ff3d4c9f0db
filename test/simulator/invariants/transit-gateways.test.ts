// Changes of transit gateways in the embedded cloud, without engine. That AWS refuses exactly these is known from its documentation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cloud, eachWithItsCloud, refused } from "../refused.ts";

eachWithItsCloud();

test("the ASN of a transit gateway cannot change while it has VPN connections", () => {
  const type = "aws:ec2transitgateway/transitGateway:TransitGateway";
  const hub = cloud.make(type, "hub", { amazonSideAsn: 64512 });
  const moved = cloud.update(hub, { ...hub.inputs, amazonSideAsn: 64513 });
  assert.equal(moved.id, hub.id);
  const customer = cloud.make("aws:ec2/customerGateway:CustomerGateway", "site", {
    type: "ipsec.1",
    bgpAsn: "65010",
    ipAddress: "198.51.100.7",
  });
  cloud.make("aws:ec2/vpnConnection:VpnConnection", "link", {
    type: "ipsec.1",
    customerGatewayId: customer.id,
    transitGatewayId: hub.id,
  });
  const renumber = () => cloud.update(moved, { ...moved.inputs, amazonSideAsn: 64514 });
  refused(renumber, "IncorrectState", /ASN of tgw-0.* from 64513 to 64514 while vpn-0/);
  cloud.update(moved, { ...moved.inputs, description: "the hub" });
});
