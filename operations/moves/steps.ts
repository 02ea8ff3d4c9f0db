/** The steps of every move, besides those of its sections. Pure. */
import type { SectionMove } from "../../components/section/tenant-moves.ts";
import type { Tenant } from "../../footprint/model.ts";
import type { MovedSection, MoveStep } from "./step.ts";

/** A tenant that is changed. */
export interface Change {
  readonly what: "tier" | "cell";
  readonly from: string;
  readonly to: string;
  readonly before: Tenant;
  readonly after: Tenant;
}

export interface Moved extends MovedSection {
  readonly id: string;
  readonly move: SectionMove;
}

const nothing = { commands: [] };
export const keepOld = "nothing to do: the tenant still works with the old one";

export function build({ before, to, what }: Change): MoveStep {
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

export function outputsFile({ stack }: Tenant): string {
  return `${stack}.json`;
}

export function outputs(tenant: Tenant): MoveStep {
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

export function workloads({ before, to }: Change): MoveStep {
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

export function stop({ name }: Tenant): MoveStep {
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

export function cutOver({ before, from, to, what }: Change, moved: readonly Moved[]): MoveStep {
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

export function traffic({ before, to }: Change): MoveStep {
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

export function watch({ from }: Change): MoveStep {
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

export function remove({ from, before, what }: Change, beside: readonly Moved[]): MoveStep {
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
