/** Plans the move of a tenant to another tier or cell, from its plans before and after. Pure. */
import type { MoveEnd, MoveWork, SectionMove } from "../../components/section/tenant-moves.ts";
import type { Isolation } from "../../components/tenancy/isolation.ts";
import type { Cell, Tenant, TenantOnCell, TenantSpec } from "../../footprint/model.ts";
import type { MovedSection, MovePlan, MoveStep } from "./step.ts";

/** A tenant that is changed. */
export interface Change {
  readonly what: "tier" | "cell";
  readonly from: string;
  readonly to: string;
  readonly before: Tenant;
  readonly after: Tenant;
}

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

interface Moved extends MovedSection {
  readonly id: string;
  readonly move: SectionMove;
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

const nothing = { commands: [] };
const keepOld = "nothing to do: the tenant still works with the old one";

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

function build({ before, to, what }: Change): MoveStep {
  return {
    id: "build",
    title: `Build what ${before.name} has ${what === "cell" ? "on" : "in tier"} ${to} beside what it has now`,
    by: "atoll",
    ...nothing,
    verify: { commands: [], expect: "the stack is deployed, and nothing of it is deleted" },
    rollBack: "delete what was built: --roll-back",
    lost: "nothing; both cost money from now on",
    reversible: true,
  };
}

function outputsFile({ stack }: Tenant): string {
  return `${stack}.json`;
}

function outputs(tenant: Tenant): MoveStep {
  const show = ["npx", "atoll", "pulumi", "--", "stack", "output", "tenant", "--json"];
  return {
    id: "outputs",
    title: "Write down where both are, for the commands that follow",
    by: "operator",
    commands: [{ run: [...show, "--stack", tenant.stack], file: outputsFile(tenant) }],
    verify: { commands: [], expect: "a file with cells and sections" },
    rollBack: keepOld,
    lost: "nothing",
    reversible: true,
  };
}

function workloads({ before, to }: Change): MoveStep {
  return {
    id: "workloads",
    title: `Let the pipeline of ${before.name} deploy its workloads to ${to} as well, without traffic`,
    by: "operator",
    ...nothing,
    verify: { commands: [], expect: "pods that are ready, and that write nothing yet" },
    rollBack: keepOld,
    lost: "nothing",
    reversible: true,
  };
}

function stop({ name }: Tenant): MoveStep {
  return {
    id: "stop",
    title: `Stop the workloads and the traffic of ${name}`,
    by: "atoll",
    ...nothing,
    verify: { commands: [], expect: "no pods of the tenant" },
    rollBack: "let them run again: --roll-back",
    lost: "no data; the tenant is not available until the cut-over",
    reversible: true,
  };
}

function cutOver({ before, from, to, what }: Change, moved: readonly Moved[]): MoveStep {
  const inPlace = moved.filter(({ how }) => how === "in place").map(({ section }) => section);
  return {
    id: "cut-over",
    title: `Let ${before.name} work ${what === "cell" ? "on" : "in tier"} ${to}${inPlace.length === 0 ? "" : `; changed in place: ${inPlace.join(", ")}`}`,
    by: "atoll",
    ...nothing,
    verify: { commands: [], expect: "pods that are ready, and the tenant's own checks" },
    rollBack: `copy back what was written since, and let it work with ${from} again: --roll-back`,
    lost: "pods are started again",
    reversible: true,
  };
}

function traffic({ before, to }: Change): MoveStep {
  const { hostnames } = before;
  return {
    id: `traffic-${to}`,
    title: `Point the host names to ${to}: ${hostnames.join(", ") || "it has none"}`,
    by: "operator",
    ...nothing,
    verify: {
      commands: hostnames.map((host) => ({ run: ["dig", "+short", host] })),
      expect: `addresses of ${to}`,
    },
    rollBack: "point them back",
    lost: "requests of clients that still have the old addresses, until the records expire",
    reversible: true,
  };
}

function watch({ from }: Change): MoveStep {
  return {
    id: "watch",
    title: `Watch the tenant for as long as you may have to go back; everything of ${from} is still there`,
    by: "wait",
    ...nothing,
    verify: { commands: [], expect: "its objectives are met" },
    rollBack: "--roll-back",
    lost: "nothing",
    reversible: true,
  };
}

function remove({ from, before, what }: Change, beside: readonly Moved[]): MoveStep {
  const names = beside.map(({ section }) => section).join(", ");
  return {
    id: "delete",
    title:
      names === ""
        ? `End the move: nothing of ${from} is left to delete`
        : `Delete what ${before.name} has ${what === "cell" ? "on" : "in tier"} ${from}: ${names}`,
    by: "atoll",
    ...nothing,
    verify: { commands: [], expect: "only the new one" },
    rollBack: names === "" ? "move it back" : "none: it can only be moved again, with its new data",
    lost: names === "" ? "nothing" : "everything that was not copied",
    reversible: names === "",
  };
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
