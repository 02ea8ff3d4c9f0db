/**
 * Workloads of an on-premises cluster that sign in to a cloud: `identity.aws: {cell: aws-use1}` in the manifest refers to the cell
 * whose resources they may be granted. They sign in to that cell's account or project.
 */

import type { Problem } from "../../components/core/errors.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import type { DeclaredResources } from "../../components/identity/grant-problems.ts";
import type { SectionCell } from "../../components/section/cell.ts";
import type { Section } from "../../components/section/section.ts";
import { configFile } from "../files/config-files.ts";
import type { PlacedCell } from "../model.ts";
import { grantableNames } from "../specs/instances.ts";

const federating = ["aws", "gcp"] as const;
type Federating = (typeof federating)[number];

/** The fields allowed besides `cell`. */
const besides: Readonly<Record<Federating, readonly string[]>> = {
  aws: [],
  gcp: ["jwks", "edition"],
};

type Written = Readonly<Record<string, unknown>>;

export interface Federation<C extends SectionCell = SectionCell> {
  /** The section in the component's format. */
  readonly identity: Written | undefined;
  /** The resources that each referenced cell declares. */
  readonly resources: Partial<Record<Federating, DeclaredResources>>;
  /** The referenced cells, by cloud. */
  readonly cells: Partial<Record<Federating, C>>;
  readonly problems: readonly Problem[];
}

/** Resolves the cells that an on-premises cell's `identity` refers to; does nothing for other cells. */
export function federationOf<C extends SectionCell>(
  { cloud, sections: { identity } }: Pick<SectionCell, "cloud" | "sections">,
  registry: readonly Section[],
  { neighbours, unread }: { readonly neighbours: readonly C[]; readonly unread: readonly string[] },
  file: string,
): Federation<C> {
  if (cloud !== "onprem" || identity === undefined) {
    return { identity, resources: {}, cells: {}, problems: [] };
  }
  const problems: Problem[] = [];
  const cells: Partial<Record<Federating, C>> = {};
  const section: Record<string, unknown> = { ...identity };
  for (const into of federating) {
    const written = identity[into];
    if (typeof written !== "object" || written === null) continue;
    const { cell: name, ...rest } = written as { readonly cell?: unknown } & Written;
    problems.push(...unknownFields(rest, into, file));
    const there = neighbours.filter((neighbour) => neighbour.cloud === into);
    const found = there.find((neighbour) => neighbour.name === name);
    if (found === undefined && unread.some((unreadable) => unreadable === name)) {
      return { identity: undefined, resources: {}, cells: {}, problems };
    }
    if (found === undefined) {
      problems.push(noSuchCell(name, into, there, file));
      continue;
    }
    cells[into] = found;
    section[into] = { ...rest, ...placeOf(found) };
  }
  const resources = Object.fromEntries(
    Object.entries(cells).map(([into, cell]) => [into, grantableNames(registry, cell.sections)]),
  );
  // Settings that depend on a missing cell are not checked.
  return { identity: problems.length > 0 ? undefined : section, resources, cells, problems };
}

function unknownFields(rest: Written, into: Federating, file: string): Problem[] {
  return Object.entries(rest)
    .filter(([field]) => !besides[into].includes(field))
    .map(([field, got]) => ({
      path: `${file}: identity.${into}.${field}`,
      message: `unknown field${didYouMean(field, ["cell", ...besides[into]])}`,
      got,
    }));
}

function noSuchCell(
  name: unknown,
  into: Federating,
  there: readonly SectionCell[],
  file: string,
): Problem {
  const names = there.map((cell) => cell.name);
  const hint =
    names.length === 0
      ? ", which has none"
      : didYouMean(typeof name === "string" ? name : "", names);
  return {
    path: `${file}: identity.${into}.cell`,
    message: `must be a cell of the environment on ${into}${hint}`,
    ...(name === undefined ? {} : { got: name }),
  };
}

function placeOf(cell: SectionCell): Written {
  switch (cell.cloud) {
    case "aws":
      return { account: cell.account, region: cell.region };
    case "gcp":
      return { project: cell.project, projectNumber: cell.projectNumber, region: cell.region };
    case "onprem":
      return {};
  }
}

/** The stacks of the cells whose resources a cell's workloads are granted. */
export function referencedStacks(
  cell: PlacedCell,
  registry: readonly Section[],
  cells: readonly PlacedCell[],
): string[] {
  const context = { neighbours: cells, unread: [] };
  const named = federationOf(cell, registry, context, configFile(cell.stack)).cells;
  return Object.values(named).map(({ stack }) => stack);
}
