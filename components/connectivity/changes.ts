/** What changes of connectivity do to deployed links. */
import { type Changes, inPlace, never, replaces } from "../section/changes.ts";

const links = "the links of the environment, until they are made again";

export const connectivityChanges: Changes = {
  ...inPlace("reachability", "gateways", "logs"),
  ...never(
    {
      source:
        "Amazon EC2 API reference, ModifyTransitGatewayOptions: the ASN of a transit gateway with VPN attachments cannot change",
      instead: "keep it, and give a new hub another number in `asns`",
    },
    "asnBase",
  ),
  ...replaces(
    links,
    "asns",
    "linkRange",
    "tunnels",
    "googleHub",
    "existing",
    "gateways.*.asn",
    "gateways.*.addresses",
    "gateways.*.presharedKey",
  ),
};
