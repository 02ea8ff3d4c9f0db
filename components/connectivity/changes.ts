/** What changes of connectivity do to deployed links. */
import { type Changes, inPlace, replaces } from "../section/changes.ts";

const links = "the links of the environment, until they are made again";

export const connectivityChanges: Changes = {
  ...inPlace("reachability", "tunnels", "gateways", "logs"),
  ...replaces(
    links,
    "asnBase",
    "asns",
    "linkRange",
    "googleHub",
    "existing",
    "gateways.*.asn",
    "gateways.*.addresses",
  ),
};
