/** The proof of isolation in reports: a matrix of each cell, and each path as a finding. */
import { matrixOf, pairsOf, pathText } from "../../operations/isolation/matrix.ts";
import { type Path, theCell, type Verdict } from "../../operations/isolation/model.ts";
import { planes } from "../../operations/isolation/planes.ts";
import type { Colors } from "../io.ts";
import type { Finding } from "./catalogue.ts";
import { table } from "./table.ts";
import { columns, wrapped } from "./wrap.ts";

/** The columns that a matrix needs for each tenant and the cell, besides the names. */
const columnWidth = 4;
const nameWidth = 28;
const mostInMatrix = Math.floor((columns - nameWidth) / columnWidth) - 1;

/** One finding for each resource and plane: what one mistake opens is fixed together. */
export function isolationFindings(verdicts: readonly Verdict[]): Finding[] {
  const paths = verdicts.flatMap((verdict) => verdict.paths);
  const alike = Map.groupBy(paths, ({ plane, resource }) => `${plane} ${resource.urn}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [findingOf(first, group)];
  });
}

function findingOf({ plane, resource }: Path, group: readonly Path[]): Finding {
  const { id, title, remedy } = planes[plane];
  const { urn, type, name, stack } = resource;
  return {
    stack,
    control: {
      id,
      policy: `isolation-${plane}`,
      title,
      severity: "critical",
      remedy,
      requirements: [],
    },
    level: "mandatory",
    resource: { urn, type, name },
    found: group.map(pathText).join("\n"),
    requiredBy: [],
  };
}

/** A matrix for each cell; a line where it has too many tenants for one. Empty without tenants. */
export function isolationText(verdicts: readonly Verdict[], colors: Colors): string {
  return verdicts.map((verdict) => cellText(verdict, colors)).join("\n");
}

function cellText(verdict: Verdict, colors: Colors): string {
  const { cell, tenants } = verdict;
  const { all, open } = pairsOf(verdict);
  const result = open === 0 ? colors.green("no path") : colors.red(`${open} with a path`);
  const amount = tenants.length === 1 ? "1 tenant" : `${tenants.length} tenants`;
  const pairs = all === 1 ? "1 pair" : `${all} pairs`;
  const heading = `Isolation on ${cell}: ${amount}, ${pairs} with the cell, ${result}`;
  if (open === 0 && tenants.length > mostInMatrix) return `${heading}\n`;
  return `${heading}\n\n${matrixText(verdict)}\n`;
}

/** Rows reach columns: `.` no path, else the number of planes with one. Of many tenants, those with a path. */
function matrixText(verdict: Verdict): string {
  const { tenants, targets, planes: open } = matrixOf(verdict);
  if (tenants.length > mostInMatrix) return worstText(verdict);
  const rows = tenants.map((from, index) => [
    `${index + 1} ${from}`,
    ...targets.map((to) => (from === to ? "-" : mark(open(from, to).length))),
  ]);
  const head = ["from \\ to", ...tenants.map((_, index) => String(index + 1)), "cell"];
  return table(head, rows);
}

function mark(count: number): string {
  return count === 0 ? "." : String(count);
}

const shownOfMany = 20;

function worstText({ paths }: Verdict): string {
  const reached = new Map<string, number>();
  for (const { from, to } of paths)
    for (const one of from) reached.set(one, Math.max(reached.get(one) ?? 0, to.length));
  const worst = [...reached].sort(([, one], [, other]) => other - one);
  const rows = worst.slice(0, shownOfMany).map(([from, count]) => [from, count]);
  const more = worst.length - rows.length;
  return [
    table(["tenant", "reaches"], rows),
    ...(more > 0 ? [wrapped(`and ${more} more tenants, see the findings`)] : []),
  ].join("\n");
}

/** For programs: the paths with all of their tenants. */
export function isolationJson(verdicts: readonly Verdict[]): unknown {
  return verdicts.map((verdict) => ({
    cell: verdict.cell,
    tenants: verdict.tenants,
    ...pairsOf(verdict),
    paths: verdict.paths.map(({ to, ...path }) => ({
      ...path,
      to: to.map((id) => (id === theCell ? { cell: verdict.cell } : { tenant: id })),
    })),
  }));
}
