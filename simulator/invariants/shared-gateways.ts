/** Transit Gateways that another account shares by AWS RAM. */
import { CloudError } from "../errors.ts";
import type { Invariant } from "./invariant.ts";

const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";

/** Accounts that a gateway is shared with can attach VPCs to it. Source: VPC user guide, "Transit gateway sharing considerations". */
export const ownersOnly: Invariant = ({ place, references }) => {
  // The other end of a peering is of another account, too.
  const gateway = references.find(
    ({ property, target }) => property === "transitGatewayId" && target.type === GATEWAY,
  )?.target;
  const owner = gateway?.state.ownerId;
  if (gateway === undefined || place.cloud !== "aws" || owner === place.account) return;
  throw new CloudError(
    "UnauthorizedOperation",
    `${gateway.id} is owned by account ${String(owner)}: ${place.account} can only attach VPCs to it`,
  );
};
