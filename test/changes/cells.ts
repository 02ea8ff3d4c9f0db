/** The settings of a cell's sections, each changed alone in the sample. */
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import { isSupported, type SectionOnCloud } from "../../components/section/section.ts";
import { compare } from "../../footprint/changes/compare.ts";
import { type BuiltSection, builtSections } from "../support/cell-sections.ts";
import { type Field, fieldsOf, otherValues } from "../support/other-values.ts";
import { planned } from "../support/planned.ts";
import { type Edit, loaded } from "../support/sample.ts";
import { additions, cart } from "./additions.ts";
import { elsewhere } from "./elsewhere.ts";
import { at, merged, placesOf, withValue } from "./settings.ts";
import {
  entryOf,
  isEnough,
  reversed,
  type Setting,
  sameAgain,
  type Trial,
  valuesFor,
} from "./trial.ts";
import { others } from "./values.ts";

const addCart: Edit = ({ eventSourcing }) => {
  const { aggregates } = eventSourcing as { aggregates: Record<string, unknown> };
  Object.assign(aggregates, { cart });
};

export async function cellSettings(): Promise<Setting[]> {
  const footprint = loaded({
    "local.aws-use1": addCart,
    "local.gcp-euw1": addCart,
    "local.onprem-sel": addCart,
  });
  const settings: Setting[] = [];
  const outputs = {};
  for (const cloud of clouds) {
    for (const [name, built] of await builtSections(footprint, cloud, outputs))
      settings.push(...(await sectionSettings(name, cloud, built)));
  }
  return settings;
}

async function sectionSettings(
  name: string,
  cloud: Cloud,
  built: BuiltSection,
): Promise<Setting[]> {
  const { [cloud]: on } = built.section.clouds;
  if (!isSupported(on)) return [];
  const base = baseOf(on, built, additions[`${name}.${cloud}`]);
  const before = await built.with(base);
  sameAgain(name, planned(before, await built.with(base)));
  const settings: Setting[] = [];
  for (const field of fieldsOf(schemaOf(on))) {
    const label = `${name}.${cloud}.${field.path}`;
    if (elsewhere.some(([pattern]) => pattern.test(label))) continue;
    const entry = entryOf(on.changes ?? {}, field.path);
    const trials: Trial[] = [];
    for (const { changed, ...change } of changes(on, name, field, base)) {
      if (isEnough(entry, trials)) break;
      const after = await built.with(changed);
      trials.push(
        { ...change, plan: planned(before, after), ...compared(on, base, changed) },
        { ...reversed(change), plan: planned(after, before), ...compared(on, changed, base) },
      );
    }
    settings.push({ label, entry, trials });
  }
  return settings;
}

function compared(on: SectionOnCloud, before: object, after: object) {
  const inside = (spec: object) => {
    const values = on.entries === undefined ? spec : (spec as Record<string, object>)[on.entries];
    return (values ?? {}) as Record<string, unknown>;
  };
  const { refusals, losses } = compare(on.changes ?? {}, "s", inside(before), inside(after));
  return { refused: refusals.length > 0, losses: losses.map(({ loses }) => loses) };
}

function baseOf(on: SectionOnCloud, { spec }: BuiltSection, more: object = {}): object {
  const result = on.spec.safeParse(merged(spec, more));
  if (!result.success) throw result.error;
  return result.data as object;
}

/** Specs that differ from the base in this field only. */
function* changes(on: SectionOnCloud, section: string, { path, shape }: Field, base: object) {
  const parts = [...(on.entries === undefined ? [] : [on.entries]), ...path.split(".")];
  for (const place of placesOf(base, parts)) {
    const before = at(base, place);
    for (const after of [
      ...valuesFor(others, `${section}.${path}`),
      ...otherValues(shape, before),
    ]) {
      const result = on.spec.safeParse(withValue(base, place, after));
      if (!result.success || JSON.stringify(result.data) === JSON.stringify(base)) continue;
      yield { at: place.join("."), before, after, changed: result.data as object };
    }
  }
}

function schemaOf({ settings, spec, entries = "" }: SectionOnCloud) {
  return settings ?? (spec as never as { shape: Record<string, never> }).shape[entries] ?? spec;
}
