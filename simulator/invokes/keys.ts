/** What data sources tell of keys in other words than the resource. */
import type { Resource } from "../store.ts";
import type { Bag } from "../wire.ts";

export const keyFacts: Readonly<Record<string, (found: Resource) => Bag>> = {
  "aws:kms/getKey:getKey": ({ state }) => {
    const enabled = state.isEnabled !== false;
    return {
      awsAccountId: String(state.arn).split(":")[4] ?? "",
      enabled,
      keyManager: "CUSTOMER",
      keySpec: state.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT",
      keyState: enabled ? "Enabled" : "Disabled",
      keyUsage: state.keyUsage ?? "ENCRYPT_DECRYPT",
    };
  },
};
