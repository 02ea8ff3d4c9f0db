import type { Cloud } from "../core/cloud.ts";

/** What the private names of every cell have. */
export interface PrivateDnsContract {
  readonly cloud: Cloud;
  /** The zone of the cell's names: `<cell>.<domain>`. */
  readonly zone: string;
}
