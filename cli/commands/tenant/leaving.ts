/** What a move leaves behind: which resources these are, and how their protection is lifted. */
import type { Tenant } from "../../../footprint/model.ts";
import { buildOf } from "../../../footprint/tenants/moving.ts";
import type { MovePlan } from "../../../operations/moves/step.ts";
import { deploy } from "../../engine/deploy.ts";
import { withEnvironment } from "../../engine/environment.ts";
import { liftSome } from "../../engine/lift.ts";
import { type ExitCode, exitCodes } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { openDisplay } from "../../progress.ts";
import { exitCodeOf, explain, print } from "../../report/report.ts";

/**
 * Turns off the protection of what is left behind, in the clouds by an update and then in the state: the update writes its own options.
 *
 * @returns an exit code to stop with
 */
export function liftLeaving(
  io: Io,
  stack: string,
  rehearse: boolean | undefined,
  leaves: () => (urn: string) => boolean,
): Promise<ExitCode | undefined> {
  const options = {
    asked: stack,
    claimedBy: `tenant move ${stack}`,
    ...(rehearse === undefined ? {} : { rehearse }),
  };
  return withEnvironment(io, options, async ({ session }) => {
    const display = openDisplay(io, "up", [stack]);
    // Policies require the protection that this update turns off.
    const request = {
      operation: "up",
      stacks: [{ name: stack, needs: [] }],
      judged: false,
    } as const;
    const reports = await deploy(session, request, display);
    await display.close();
    const report = await explain(stack, "up", reports);
    if (exitCodeOf(report) !== exitCodes.done) {
      print(io, report);
      return exitCodeOf(report);
    }
    await liftSome(session, stack, leaves());
    return undefined;
  });
}

/** Whether a resource belongs to what is left behind: by the names of its components. */
export function leaving(tenant: Tenant, plan: MovePlan, left: string): (urn: string) => boolean {
  const isOf = (name: string, component: string) =>
    name === component || name.startsWith(`${component}-`);
  const nameOf = (cell: string, component: string, number: number) =>
    `${cell}-${component}${number === 1 ? "" : `-${number}`}`;
  if (plan.what === "cell") return (urn) => isOf(urn.split("::").at(-1) ?? "", left);
  const pairs = tenant.beside.flatMap(({ cell, sections }) =>
    sections.map(({ section: { name, component } }) => ({
      old: nameOf(cell.name, component, buildOf(tenant, name, true)),
      kept: nameOf(cell.name, component, buildOf(tenant, name, false)),
    })),
  );
  return (urn) => {
    const name = urn.split("::").at(-1) ?? "";
    return pairs.some(
      ({ old, kept }) => isOf(name, old) && !(kept.length > old.length && isOf(name, kept)),
    );
  };
}
