import type { Place } from "../core/place.ts";

/** The parts of an endpoint's name for Google APIs: at most 20 letters and digits, unique in the project, without hyphens. */
export function googleApisParts({ environment, cell = "" }: Place): string[] {
  return [...`${environment}${cell}`.split("-"), "apis"];
}
