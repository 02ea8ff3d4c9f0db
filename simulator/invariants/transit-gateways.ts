/** Changes of transit gateways. Source: Amazon EC2 API reference, "ModifyTransitGatewayOptions". */
import { CloudError } from "../errors.ts";
import type { Invariant } from "./invariant.ts";

const connection = "aws:ec2/vpnConnection:VpnConnection";

/** @throws CloudError when the ASN of a transit gateway with VPN connections changes. */
export const fixedAsn: Invariant = ({ store, inputs, previous }) => {
  if (previous === undefined || previous.state.amazonSideAsn === undefined) return;
  const [before, after] = [previous.state.amazonSideAsn, inputs.amazonSideAsn];
  if (after === undefined || String(before) === String(after)) return;
  const [attached] = store.referrers(previous.key, connection);
  if (attached === undefined) return;
  throw new CloudError(
    "IncorrectState",
    `The ASN of ${previous.id} cannot change from ${before} to ${after} while ${attached.resource.id} is attached`,
  );
};
