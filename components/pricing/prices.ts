/**
 * List prices of the largest cost drivers, for plans. They are prices on demand of one region of each vendor, without taxes,
 * discounts, commitments and free tiers; other regions differ. Not a bill.
 */
import { awsPrices } from "./aws.ts";
import { gcpPrices } from "./gcp.ts";

/** The hours of a month in the vendors' own calculators. */
export const hoursOfAMonth = 730;

export interface Price {
  /** What is bought: `an Aurora capacity unit`. */
  readonly what: string;
  readonly usd: number;
  readonly per: "hour" | "month";
  /** How it follows from the page, if it is not stated there. */
  readonly derived?: string;
}

/** The prices of one vendor's page. */
export interface PricePage {
  /** The vendor's public price page. */
  readonly source: string;
  /** The region of the prices. */
  readonly region: string;
  /** The month of the list prices. */
  readonly date: string;
  readonly prices: Readonly<Record<string, Price>>;
}

export const currency = "USD";

export const pricePages = [...awsPrices, ...gcpPrices] as const satisfies readonly PricePage[];

type KeysOf<Pages extends PricePage> = Pages extends unknown
  ? Extract<keyof Pages["prices"], string>
  : never;

export type PriceId = KeysOf<(typeof pricePages)[number]>;

/** A price with its page. */
export interface Priced extends Price, Omit<PricePage, "prices"> {}

const byId = new Map(
  pricePages.flatMap(({ prices, ...page }: PricePage) =>
    Object.entries(prices).map(([id, price]): [string, Priced] => [id, { ...page, ...price }]),
  ),
);

export function priceOf(id: PriceId): Priced {
  const found = byId.get(id);
  if (found === undefined) throw new TypeError(`no price ${id}`);
  return found;
}

/** US dollars for a month. */
export function monthly({ usd, per }: Price): number {
  return per === "hour" ? usd * hoursOfAMonth : usd;
}
