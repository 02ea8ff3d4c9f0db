import type { Bag } from "../wire.ts";

/** The result of a data source for these arguments in this place. */
export type Answer<Place> = (args: Bag, place: Place) => Bag;
