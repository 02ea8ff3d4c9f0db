/**
 * Workloads of a cluster of one's own that come into the clouds: `identity.aws: {cell: aws-use1}` in the manifest names the cell
 * whose resources they may be granted, and where they come into is where that cell stands.
 */

import type { Problem } from "../../components/core/errors.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import type { DeclaredResources } from "../../components/identity/grant-problems.ts";
import type { SectionCell } from "../../components/section/cell.ts";
import type { Section } from "../../components/section/section.ts";
import { grantableNames } from "../specs/instances.ts";

const federating = ["aws", "gcp"] as const;
type Federating = (typeof federating)[number];

/** What may stand beside `cell`. */
const besides: Readonly<Record<Federating, readonly string[]>> = {
  aws: [],
  gcp: ["jwks", "edition"],
};

type Written = Readonly<Record<string, unknown>>;

export interface Federation<C extends SectionCell = SectionCell> {
  /** The section as the component takes it. */
  readonly identity: Written | undefined;
  /** What each cell that is named declares. */
  readonly resources: Partial<Record<Federating, DeclaredResources>>;
  /** The cells that are named, by cloud. */
  readonly cells: Partial<Record<Federating, C>>;
  readonly problems: readonly Problem[];
}

/** Resolves the cells that an on-premises cell's `identity` names; of other cells there is nothing to resolve. */
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
  // What depends on a cell that is not there is not looked at.
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
    message: `must be a cell on ${into} of the environment${hint}`,
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
