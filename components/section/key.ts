/** What a customer-managed key is for, and who uses it. */
import type { Statement } from "../core/iam.ts";
import type { Place } from "../core/kms.ts";

export interface KeyPurpose {
  /** The key's name in stack outputs, and part of its alias: `streams`. */
  readonly purpose: string;
  /** Statements of the key's policy on AWS beside the account's administration. */
  aws(place: Place): Statement[];
  /** The Google API whose service agent uses the key, where it has to be asked for. */
  readonly gcpService?: string;
}
