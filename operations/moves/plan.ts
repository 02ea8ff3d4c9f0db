/** Plans the move of a tenant to another tier or cell, from its plans before and after. Pure. */
import type { MoveEnd, MoveWork, SectionMove } from "../../components/section/tenant-moves.ts";
import type { Isolation } from "../../components/tenancy/isolation.ts";
import type { Cell, TenantOnCell, TenantSpec } from "../../footprint/model.ts";
import type { MovePlan, MoveStep } from "./step.ts";
import {
  build,
  type Change,
  cutOver,
  keepOld,
  type Moved,
  outputs,
  outputsFile,
  remove,
  stop,
  traffic,
  watch,
  workloads,
} from "./steps.ts";

export function planMove(change: Change): MovePlan {
  const { what, from, to, before } = change;
  const moved = change.after.on.flatMap((place) => movedOn(change, place));
  const beside = moved.filter(({ how }) => how === "beside");
  const works = beside.map(({ move, id }) => ({ id, move }));
  const isSplit = beside.length > 0 || what === "cell";
  const stops = works.some(({ move }) => move.drain !== undefined);
  const each = (stage: "copy" | "drain" | "after" | "back") =>
    works.flatMap(({ id, move }) => stepOf(stage, id, move));
  return {
    tenant: before.stack,
    what,
    from,
    to,
    sections: moved.map(({ move: _, id: __, ...section }) => section),
    steps: [
      ...(isSplit ? [build(change), outputs(before)] : []),
      ...each("copy"),
      ...(what === "cell" ? [workloads(change)] : []),
      ...(stops ? [stop(before)] : []),
      ...each("drain"),
      cutOver(change, moved),
      ...(what === "cell" ? [traffic(change)] : []),
      ...each("after"),
      ...(isSplit ? [watch(change)] : []),
      remove(change, beside),
    ],
    back: [
      ...(stops ? [stop(before)] : []),
      ...each("back"),
      ...(what === "cell" ? [traffic({ ...change, from: to, to: from })] : []),
    ],
  };
}

function movedOn(change: Change, place: TenantOnCell): Moved[] {
  const { what, before } = change;
  // A cell that the tenant has before and after it stays as it is.
  if (what === "cell" && place.cell.name !== change.to) return [];
  const old = before.on.find(
    ({ cell }) => cell.name === (what === "cell" ? change.from : place.cell.name),
  );
  if (old === undefined) return [];
  return place.sections.flatMap((planned) => {
    const from = endOf(old, planned, ".cells");
    const to = endOf(place, planned, what === "tier" ? ".beside" : ".cells");
    const { name, moves } = planned.section;
    const isBeside =
      what === "cell" || (moves?.beside(to.cloud, from.isolation, to.isolation) ?? false);
    if (what === "tier" && !isBeside && from.isolation === to.isolation && !changes(old, planned))
      return [];
    const move =
      isBeside && moves
        ? moves.plan({
            environment: before.environment,
            tenant: before.name,
            from,
            to,
            settings: before.sections[name],
            file: outputsFile(before),
          })
        : what === "cell"
          ? { lost: "nothing: it has no data", lostBack: "nothing" }
          : { lost: "no data; pods may be started again", lostBack: "nothing" };
    const id =
      before.on.length > 1 && what === "tier" ? `${kebab(name)}-${place.cell.name}` : kebab(name);
    return {
      id,
      section: name,
      cell: place.cell.name,
      from: what === "cell" ? `${old.cell.name}, ${from.isolation}` : from.isolation,
      to: what === "cell" ? `${place.cell.name}, ${to.isolation}` : to.isolation,
      how: isBeside ? ("beside" as const) : ("in place" as const),
      lost: move.lost,
      move,
    };
  });
}

function changes(old: TenantOnCell, { section, spec }: TenantSpec): boolean {
  const before = old.sections.find((each) => each.section.name === section.name);
  return JSON.stringify(before?.spec) !== JSON.stringify(spec);
}

function endOf({ cell, tier }: TenantOnCell, { section }: TenantSpec, root: string): MoveEnd {
  const isolation: Isolation = section.layer ? (tier.isolation[section.name] ?? "pool") : "pool";
  return {
    cell: cell.name,
    cloud: cell.cloud,
    isolation,
    owner: ownerOf(cell),
    region: cell.cloud === "onprem" ? "" : cell.region,
    outputs: `${root}[${JSON.stringify(cell.name)}].sections.${section.name}`,
  };
}

function ownerOf(cell: Cell): string {
  switch (cell.cloud) {
    case "aws":
      return cell.account;
    case "gcp":
      return cell.project;
    case "onprem":
      return cell.site;
  }
}

function stepOf(
  stage: "copy" | "drain" | "after" | "back",
  section: string,
  move: SectionMove,
): MoveStep[] {
  const { [stage]: work }: { readonly [stage: string]: MoveWork | string | undefined } = {
    ...move,
  };
  if (work === undefined || typeof work === "string") return [];
  return [
    {
      id: `${stage}-${section}`,
      ...work,
      by: "operator",
      rollBack: stage === "copy" || stage === "drain" ? keepOld : "repeat the step",
      lost: stage === "back" ? move.lostBack : move.lost,
      reversible: true,
    },
  ];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
