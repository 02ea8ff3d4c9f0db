/** From a cell's manifest to the specs of its components: each section is combined with the cell's own fields. */
import { clouds } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import { type Facts, namePlaceOf } from "../../components/section/cell.ts";
import {
  type CheckedSection,
  type Contributed,
  isSupported,
  type Section,
  type SectionOnCloud,
} from "../../components/section/section.ts";
import { federationOf } from "../across/federation.ts";
import type { CellContext, CellSpecs, PlacedCell } from "../model.ts";
import { acrossSections } from "./across-sections.ts";
import { grantableNames, type Instance, instancesOf } from "./instances.ts";
import { unknownSettings, unsupported } from "./unknown-settings.ts";

/** Checks the sections of a cell's manifest. Adds problems to `problems`, and then returns undefined. */
export function cellSpecs(
  cell: PlacedCell,
  registry: readonly Section[],
  context: CellContext,
  file: string,
  problems: Problem[],
): CellSpecs | undefined {
  const federation = federationOf(cell, registry, context, file);
  const sections = { ...cell.sections, identity: federation.identity };
  const read = { ...cell, sections };
  const found: Problem[] = [];
  const checked = instancesOf(registry, sections).flatMap((instance): CheckedSection[] => {
    const on = instance.section.clouds[cell.cloud];
    const refused = unsupported(instance, cell.cloud);
    if (refused !== undefined || !isSupported(on)) {
      found.push({ path: instance.path, message: refused ?? "" });
      return [];
    }
    const facts = factsOf(instance, on, read, registry, context, federation.resources);
    const spec = checkInstance(instance, on, facts, read, registry, context, found);
    return spec === undefined ? [] : [{ ...instance, spec }];
  });
  const complete = checked.length === instancesOf(registry, sections).length;
  const across =
    complete && found.length === 0
      ? acrossSections(cell.cloud, namePlaceOf(cell), checked, context)
      : [];
  const reported = distinct([
    ...federation.problems,
    ...[...found, ...across].map((problem) => ({ ...problem, path: `${file}: ${problem.path}` })),
  ]);
  problems.push(...reported);
  return reported.length === 0 ? specsOf(cell, checked) : undefined;
}

/** Fields that a section gets from the cell and from its other sections. */
interface FactsOfSection {
  readonly own: Facts;
  readonly others: Facts;
}

function factsOf(
  { section, key }: Instance,
  on: SectionOnCloud,
  cell: PlacedCell,
  registry: readonly Section[],
  context: CellContext,
  federated: Facts,
): FactsOfSection {
  const own = on.facts?.(cell as never, context) ?? { cloud: cell.cloud };
  if (key !== undefined) return { own, others: {} };
  const others = registry.map((other) => {
    const written = cell.sections[other.name];
    return written === undefined ? {} : (other.factsFor?.[section.name]?.(written, cell) ?? {});
  });
  const named = cell.cloud === "onprem" ? federated : grantableNames(registry, cell.sections);
  const resources = section.grants ? { resources: named } : {};
  return { own: { ...own, ...resources }, others: Object.assign({}, ...others) };
}

/** The spec of one section. Adds its problems to `found`, with paths in the manifest. */
function checkInstance(
  instance: Instance,
  on: SectionOnCloud,
  { own, others }: FactsOfSection,
  cell: PlacedCell,
  registry: readonly Section[],
  context: CellContext,
  found: Problem[],
): unknown {
  const { section, key, path } = instance;
  const contributions = key === undefined ? contributionsTo(section, cell, registry) : [];
  const { known, problems } = unknownSettings(instance, cell.cloud, { ...own, ...others });
  found.push(...problems);
  const defaults = key === undefined ? {} : (section.further?.[cell.cloud]?.(key) ?? {});
  const written = contributions.reduce((sum, { into }) => into(sum), { ...defaults, ...known });
  found.push(...contributions.flatMap((each) => each.problems(known)));
  const body = on.entries === undefined ? written : { [on.entries]: written };
  const { spec, problems: wrong } = checkSpec(on.spec, { ...body, ...own, ...others }, "");
  for (const problem of wrong) {
    if (isReportedElsewhere(problem, instance, others, context)) continue;
    // Refers to a section that could not be read.
    if (allContributions(cell, registry).some(({ unread }) => unread(problem))) continue;
    const placed = inManifestTerms(problem, path, on, own);
    found.push(contributions.reduce((sum, { inOwnTerms }) => inOwnTerms(sum), placed));
  }
  return spec;
}

function contributionsTo(
  { name }: Section,
  cell: PlacedCell,
  registry: readonly Section[],
): Contributed[] {
  const others = registry.filter(({ contributes }) => contributes?.to === name);
  return allContributions(cell, others);
}

function allContributions({ sections }: PlacedCell, registry: readonly Section[]): Contributed[] {
  return registry.flatMap(({ name, contributes }) => contributes?.of(sections[name]) ?? []);
}

/** The first field of a path within a section: `zones` of `zones[1]`. */
function fieldOf(path: string): string {
  return path.replace(/^: /, "").split(/[.[]/, 1)[0] ?? "";
}

/** Whether the cause is reported elsewhere: in another section, or in a cell that could not be read. */
function isReportedElsewhere(
  { path, got }: Problem,
  { section }: Instance,
  others: Facts,
  { unread }: CellContext,
): boolean {
  return (
    fieldOf(path) in others ||
    section.isReportedElsewhere?.(path.replace(/^: /, "")) === true ||
    unread.some((cell) => cell === got)
  );
}

/** The problem with its path in the manifest: the cell's fields are at the top, entries directly below the section. */
function inManifestTerms(
  problem: Problem,
  path: string,
  { entries }: SectionOnCloud,
  facts: Facts,
): Problem {
  const rest = problem.path.replace(/^: /, "");
  const field = fieldOf(rest);
  if (Object.hasOwn(facts, field)) return { ...problem, path: rest };
  const below = field === entries ? rest.slice(entries.length).replace(/^\./, "") : rest;
  return { ...problem, path: below === "" ? path : `${path}.${below}` };
}

function specsOf(cell: PlacedCell, checked: readonly CheckedSection[]): CellSpecs {
  const specs: Record<string, unknown> = { cloud: cell.cloud };
  for (const { section, key, spec } of checked) {
    if (key === undefined) specs[section.name] = spec;
    else if (section.plural) {
      const further = specs[section.plural] as Record<string, unknown> | undefined;
      specs[section.plural] = { ...further, [key]: spec };
    }
  }
  // The type is derived from the registry.
  return specs as unknown as CellSpecs;
}

/**
 * The problems in the sections of a cell's manifest that is invalid elsewhere, so that all are reported at once. Sections that
 * depend on an invalid field are not checked.
 *
 * @param reported the problems that are already known
 */
export function sectionProblems(
  manifest: Readonly<Record<string, unknown>>,
  names: Pick<PlacedCell, "environment" | "name" | "stack">,
  registry: readonly Section[],
  context: CellContext,
  file: string,
  reported: readonly Problem[],
): Problem[] {
  const cloud = clouds.find((known) => known === manifest.cloud);
  if (cloud === undefined) return [];
  const inFile = ({ path }: Problem) => fieldOf(path.slice(file.length));
  const wrong = new Set(reported.map(inFile));
  const fields = registry.flatMap(({ name, plural }) => [name, ...(plural ? [plural] : [])]);
  const valid = Object.fromEntries(Object.entries(manifest).filter(([field]) => !wrong.has(field)));
  const required = registry.filter((section) => section.required).map(({ name }) => [name, {}]);
  const sections = {
    ...Object.fromEntries(required),
    ...Object.fromEntries(Object.entries(valid).filter(([field]) => fields.includes(field))),
  };
  const problems: Problem[] = [];
  // The remaining fields are valid; the sections' schemas report the missing ones.
  const cell = { ...valid, ...names, cloud, sections } as unknown as PlacedCell;
  cellSpecs(cell, registry, context, file, problems);
  return problems.filter((problem) => {
    const field = inFile(problem);
    return fields.includes(field) && !wrong.has(field);
  });
}

/** Without duplicates: every section reports an invalid region. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]),
    ).values(),
  ];
}
