/** From a cell's manifest to the specs of its components: each section joined with what the whole cell knows. */

import { clouds } from "../../components/core/cloud.ts";
import type { Problem } from "../../components/core/errors.ts";
import { checkSpec } from "../../components/core/spec.ts";
import { federationOf } from "../across/federation.ts";
import type { CellContext, CellSpecs, PlacedCell } from "../model.ts";
import { acrossSections } from "./across-sections.ts";
import { type Facts, factsOf } from "./cell-facts.ts";
import { cellSpecSchemas, type Section, sections, settled } from "./cell-sections.ts";
import {
  type EventTopics,
  eventTopics,
  inAggregateTerms,
  mayBeUnread,
  topicsTwice,
} from "./event-topics.ts";
import { cellLogs, logProblems } from "./log-retention.ts";
import { unknownSettings } from "./unknown-settings.ts";

type Written = Record<string, unknown>;

/** Checks the sections of a cell's manifest; undefined when one has a problem, which is then added to `problems`. */
export function cellSpecs(
  cell: PlacedCell,
  around: CellContext,
  file: string,
  problems: Problem[],
): CellSpecs | undefined {
  const federation = federationOf(cell, around, file);
  const facts = factsOf(cell, around, federation.resources);
  const events = eventTopics(cell.eventSourcing);
  const { known, misplaced } = withoutUnknown(
    { ...cell, identity: federation.identity },
    facts,
    file,
  );
  const { spec, problems: found } = checkSpec<
    (typeof cellSpecSchemas)[keyof typeof cellSpecSchemas]
  >(
    cellSpecSchemas[cell.cloud],
    {
      cloud: cell.cloud,
      ...joined(known, facts, events),
      nodePools: { ...facts.nodePools, pools: cell.nodePools },
    },
    file,
  );
  const told = [
    ...misplaced,
    ...federation.problems,
    ...topicsTwice(cell.stream ?? {}, events, file),
    ...distinct(
      found
        .filter((problem) => !toldElsewhere(problem, file, around) && !mayBeUnread(problem, events))
        .map((problem) => inManifestTerms(problem, file, facts))
        .map((problem) => inAggregateTerms(problem, events, file)),
    ),
    ...(spec ? acrossSections(spec, file) : []),
    ...(spec ? logProblems(spec, cellLogs, around.frameworks, file) : []),
  ];
  problems.push(...told);
  return told.length === 0 ? spec : undefined;
}

/** Problems whose cause is told where it stands. */
function toldElsewhere({ path, got }: Problem, file: string, { unread }: CellContext): boolean {
  return (
    // The pools that name the nodes.
    path.startsWith(`${file}: cluster.nodes`) ||
    // The cluster, whose version its pools are told.
    path === `${file}: nodePools.version` ||
    // The place of the cell that workloads come into.
    /: identity\.(aws\.(account|region)|gcp\.(project|projectNumber|region))$/.test(path) ||
    unread.some((cell) => cell === got)
  );
}

/** The sections as they are written, without the settings that the cell's cloud does not know, and what those are told. */
function withoutUnknown(cell: PlacedCell, facts: Record<Section, Facts>, file: string) {
  const misplaced: Problem[] = [];
  const known: Partial<Record<Section, Written>> = {};
  for (const section of settled) {
    const written = cell[section];
    if (written === undefined) continue;
    const unknown = unknownSettings(section, cell.cloud, written);
    known[section] = Object.fromEntries(
      Object.entries(written).filter(([key]) => !unknown.has(key)),
    );
    for (const [key, problem] of unknown) {
      misplaced.push({
        path: `${file}: ${section}.${key}`,
        ...problem,
        ...(key in facts[section] ? { message: "must not be here: the cell itself says it" } : {}),
      });
    }
  }
  return { known, misplaced };
}

/** Each section that is written with its facts; the stream with the topics of events. */
function joined(
  known: Partial<Record<Section, Written>>,
  facts: Record<Section, Facts>,
  events: EventTopics,
): Record<string, unknown> {
  const stream = known.stream && {
    ...known.stream,
    topics: withEvents(known.stream.topics, events),
  };
  return Object.fromEntries(
    Object.entries({ ...known, ...(stream && { stream }) }).map(([section, written]) => [
      section,
      { ...written, ...facts[section as Section] },
    ]),
  );
}

/** What is no map of topics stays as it is written, for the stream's schema to refuse. */
function withEvents(written: unknown, { topics }: EventTopics): unknown {
  if (written === undefined) return topics;
  const isMap = typeof written === "object" && written !== null && !Array.isArray(written);
  return isMap ? { ...written, ...topics } : written;
}

/**
 * The problems in the sections of a cell's manifest that is wrong elsewhere, so that all are told at once. What depends on a wrong
 * field is not looked at.
 *
 * @param told the problems that are known
 */
export function sectionProblems(
  manifest: Readonly<Record<string, unknown>>,
  names: Pick<PlacedCell, "environment" | "name" | "stack">,
  around: CellContext,
  file: string,
  told: readonly Problem[],
): Problem[] {
  const cloud = clouds.find((known) => known === manifest.cloud);
  if (cloud === undefined) return [];
  const fieldOf = ({ path }: Problem) => path.slice(file.length + 2).split(/[.[]/, 1)[0] ?? "";
  const wrong = new Set(told.map(fieldOf));
  const sound = Object.entries(manifest).filter(([field]) => !wrong.has(field));
  const rest = { network: {}, cluster: {}, nodePools: {}, ...Object.fromEntries(sound) };
  const problems: Problem[] = [];
  // Every field that is left has passed its schema; of those that are missing the sections' schemas say so.
  cellSpecs({ ...rest, ...names, cloud } as PlacedCell, around, file, problems);
  return problems.filter((problem) => {
    const field = fieldOf(problem);
    return sections.some((section) => section === field) && !wrong.has(field);
  });
}

/** The path as the author of the manifest knows it: facts stand at the top of the cell, pools right below `nodePools`. */
function inManifestTerms(problem: Problem, file: string, facts: Record<Section, Facts>): Problem {
  const path = problem.path.slice(file.length + 2);
  const section = sections.find((name) => path === name || path.startsWith(`${name}.`));
  if (section === undefined) return problem;
  const rest = path.slice(section.length + 1);
  const field = rest.split(/[.[]/, 1)[0] ?? "";
  if (field in facts[section]) return { ...problem, path: `${file}: ${rest}` };
  return section === "nodePools" && field === "pools"
    ? { ...problem, path: `${file}: nodePools${rest.slice("pools".length)}` }
    : problem;
}

/** A wrong region is wrong for every section; it is said once. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]),
    ).values(),
  ];
}
