import type { Cloud } from "../core/cloud.ts";

/** The common interface of private DNS on every cloud. */
export interface PrivateDnsContract {
  readonly cloud: Cloud;
  /** The zone of the cell: `<cell>.<domain>`. */
  readonly zone: string;
}
