/** Settings in a cell's sections that its cloud does not know: told with the names that may be written there, or whose they are. */
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import { cellSettings, type Settled } from "./cell-sections.ts";

/** The problems of a section's own fields, each by its name. */
export function unknownSettings(
  section: Settled,
  cloud: Cloud,
  written: Readonly<Record<string, unknown>>,
): Map<string, Pick<Problem, "message" | "got">> {
  const settings = (of: Cloud) => Object.keys(cellSettings[section][of].shape);
  const taken = settings(cloud);
  const unknown = Object.keys(written).filter((key) => !taken.includes(key));
  return new Map(
    unknown.map((key) => {
      const others = clouds.filter((other) => settings(other).includes(key));
      const message =
        others.length > 0
          ? `is a capability that ${cloud} lacks: only ${others.join(" and ")} cells have it`
          : `unknown field${didYouMean(key, taken)}`;
      return [key, { message, got: written[key] }];
    }),
  );
}
