/** A planned cost of a section: how much of what is bought, and how tenants share it. Plain data. */
import type { Demand, Resource } from "../tenancy/capacity.ts";
import type { PriceId } from "./prices.ts";

/**
 * How a shared cost is split. By a resource: each tenant has the part of the whole that it is promised, and the rest is not allocated.
 * `equal`: between all tenants of the cell.
 */
export type SplitKey = Resource | "equal";

export interface CostItem {
  /** What it is: `Kafka brokers`. */
  readonly item: string;
  readonly price: PriceId;
  /** Units of the price, such as brokers; or from what all tenants of the cell are promised together. */
  readonly quantity: number | ((promised: Demand) => number);
  readonly key: SplitKey;
  /**
   * The whole that tenants have parts of, in units of the key: for nodes, what the planned number of nodes has.
   * @default what the cell has of the resource
   */
  readonly whole?: (promised: Demand) => number;
}
