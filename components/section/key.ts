/** The purpose of a customer-managed key, and the services that use it. */
import type { Statement } from "../core/iam.ts";
import type { Place } from "../core/kms.ts";

export interface KeyPurpose {
  /** The key's name in stack outputs, and part of its alias: `streams`. */
  readonly purpose: string;
  /** Statements of the AWS key policy, in addition to key administration by the account. */
  aws(place: Place): Statement[];
  /** The Google API whose service agent uses the key, if the agent must be created on request. */
  readonly gcpService?: string;
}
