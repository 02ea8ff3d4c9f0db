/** Problems of Transit Gateways that other accounts share. Pure. */
import { type Hub, sharedOf } from "./hubs.ts";
import type { Found } from "./link-problems.ts";
import type { Link } from "./links.ts";
import type { ConnectivitySettings } from "./schema.ts";

export function sharedProblems(
  { existing }: ConnectivitySettings,
  hubs: readonly Hub[],
  links: readonly Link[],
): Found[] {
  const { transitGateways = {}, transitGatewayOwners = {} } = existing ?? {};
  const at = (key: string) => ["existing", "transitGatewayOwners", key];
  const owners = Object.entries(transitGatewayOwners).flatMap(([key, owner]): Found[] => {
    if (transitGateways[key] === undefined)
      return [{ at: at(key), message: "must name a hub of transitGateways", got: key }];
    const hub = hubs.find((each) => each.key === key);
    return hub?.cloud === "aws" && hub.account === owner
      ? [{ at: at(key), message: "must be omitted: the hub's own account owns it", got: owner }]
      : [];
  });
  const ends = links.flatMap(({ hub, peer }) =>
    "site" in peer
      ? [{ key: hub, other: peer.site }]
      : [
          { key: hub, other: peer.hub },
          { key: peer.hub, other: hub },
        ],
  );
  const linked = ends.flatMap(({ key, other }): Found[] => {
    const shared = sharedOf(hubs.find((each) => each.key === key));
    if (shared === undefined) return [];
    const message = `must be omitted, or the matrix must not connect its cells with ${other}: only the owner of ${shared.id} can create peerings and VPN connections at it`;
    return [{ at: at(key), message, got: shared.owner }];
  });
  return [...owners, ...linked];
}
