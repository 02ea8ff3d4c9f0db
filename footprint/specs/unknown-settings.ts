/** Settings of a cell's sections that its cloud does not have: reported with similar names, or the clouds that have them. */
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { shownUnknown } from "../../components/core/spec-messages.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import type { Facts, Written } from "../../components/section/cell.ts";
import { isSupported, type Section } from "../../components/section/section.ts";
import type { Instance } from "./instances.ts";

const titles: Readonly<Record<Cloud, string>> = {
  aws: "on AWS",
  gcp: "on Google Cloud",
  onprem: "on-premises",
};

/** Why a cloud does not have a section; undefined where it does. */
export function unsupported({ section, key }: Instance, cloud: Cloud): string | undefined {
  const on = section.clouds[cloud];
  if (!isSupported(on)) return `is not supported ${titles[cloud]}: ${on.unsupported}`;
  if (key === undefined || section.further?.[cloud]) return undefined;
  return `is not supported ${titles[cloud]}: a cell has only one ${section.name} there`;
}

/** The settings that the cloud has, and a problem for each of the others. */
export function unknownSettings(
  { section, key, path, written }: Instance,
  cloud: Cloud,
  facts: Facts,
): { readonly known: Written; readonly problems: readonly Problem[] } {
  const all = settingsOn(section, cloud);
  if (all === undefined) return { known: written, problems: [] };
  const reserved = key === undefined ? [] : (section.mainOnly ?? []);
  const taken = all.filter((name) => !reserved.includes(name));
  const entries = Object.entries(written);
  const unknown = entries.filter(([name]) => !taken.includes(name));
  const more = unknown.length - shownUnknown;
  return {
    known: Object.fromEntries(entries.filter(([name]) => taken.includes(name))),
    problems: [
      ...unknown.slice(0, shownUnknown).map(([name, got]) => ({
        path: `${path}.${name}`,
        message: reserved.includes(name)
          ? `must be omitted: only the main ${section.name} can have it`
          : Object.hasOwn(facts, name)
            ? "must be omitted: it is a field of the cell"
            : unknownMessage(section, name, cloud, taken),
        got,
      })),
      ...(more > 0 ? [{ path, message: `and ${more} more unknown fields` }] : []),
    ],
  };
}

function unknownMessage(
  section: Section,
  key: string,
  cloud: Cloud,
  taken: readonly string[],
): string {
  const others = clouds.filter((other) => settingsOn(section, other)?.includes(key));
  if (others.length === 0) return `unknown field${didYouMean(key, taken)}`;
  const where = others.map((other) => titles[other].replace(/^on /, "")).join(" and ");
  return `is not supported ${titles[cloud]}: only ${where} cells have it`;
}

/** The fields that a manifest may set; undefined for a map. */
function settingsOn({ clouds: on }: Section, cloud: Cloud): string[] | undefined {
  const { [cloud]: found } = on;
  return isSupported(found) && found.settings ? Object.keys(found.settings.shape) : undefined;
}
