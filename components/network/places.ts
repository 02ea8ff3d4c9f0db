/** The place of each zone in a cell's address block. Pure. */
import { zonesOf } from "../core/cloud.ts";

/** The number of places in a block. Each is a quarter of it. */
export const placesOfABlock = 4;

/** Places, counted from 0, by the name of the zone. */
export type Places = Readonly<Record<string, number>>;

/**
 * A place for every zone. A zone's usual place is its position among the zones of its region, so that it does not depend on the other
 * zones of the cell. Only us-east-1 has more zones than places: where the usual place is taken, a zone gets the first free one.
 *
 * @param kept places that do not change: those of deployed zones, and those that the manifest sets
 * @returns the zones in alphabetical order, without those that have no place left
 */
export function placesFor(region: string, zones: readonly string[], kept: Places = {}): Places {
  const places = new Map(Object.entries(kept));
  const known = zonesOf("aws", region);
  const usual = (zone: string) => (known.includes(zone) ? known.indexOf(zone) : 0);
  const taken = (place: number) => [...places.values()].includes(place);
  for (const zone of sorted(zones)) {
    if (places.has(zone)) continue;
    const all = Array.from({ length: placesOfABlock }, (_, place) => place);
    const place = [usual(zone) % placesOfABlock, ...all].find((each) => !taken(each));
    if (place !== undefined) places.set(zone, place);
  }
  return Object.fromEntries(
    sorted(zones).flatMap((zone) => {
      const place = places.get(zone);
      return place === undefined ? [] : [[zone, place]];
    }),
  );
}

/** Zones are a set: their order has no effect. */
export function sorted(zones: readonly string[]): string[] {
  return [...zones].sort();
}
