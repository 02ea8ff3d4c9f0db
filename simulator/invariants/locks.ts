/** Locks on objects that nobody can lift: S3 Object Lock in compliance mode. */
import type { Store } from "../store.ts";
import { isBag } from "../wire.ts";
import type { Invariant } from "./invariant.ts";

/** Remembers a compliance lock: locked objects stay locked after the bucket's default retention is removed. */
export const complianceLock: Invariant = ({ store, state, references }) => {
  const { rule } = state;
  const retention = isBag(rule) ? rule.defaultRetention : undefined;
  if (!isBag(retention) || retention.mode !== "COMPLIANCE") return;
  for (const { target } of references) store.keepName(lockName(target.key), "compliance");
};

/** Whether objects of an S3 bucket are, or were, put under a compliance lock. */
export function isLockedForGood(bucket: number, store: Store): boolean {
  return store.keptName(lockName(bucket)) !== undefined;
}

function lockName(bucket: number): string {
  return `lock of bucket ${bucket}`;
}
