/** `atoll tenant suspend` and `atoll tenant resume`: change the state in the tenant's file, and deploy it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../../components/core/errors.ts";
import { configFile } from "../../../footprint/files/config-files.ts";
import { planCandidates } from "../../../footprint/tenants/candidates.ts";
import type { ExitCode } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { thisProject } from "../../project.ts";
import { up } from "../up.ts";
import { manifestIn, withFields, writeAll } from "./files.ts";
import { environmentOfTenant, unknownTenant } from "./list.ts";
import { openTenants, refuse } from "./open.ts";

export interface StateOptions {
  readonly tenant: string;
  readonly env?: string;
  readonly rehearse?: boolean;
  readonly yes?: boolean;
}

/** Stops the tenant's workloads and traffic, or lets them run again. Data stays as it is. */
export async function setState(
  io: Io,
  state: "active" | "suspended",
  options: StateOptions,
): Promise<ExitCode> {
  const { rehearse, yes } = options;
  const project = thisProject();
  const { environment, footprint, stacks } = await openTenants(
    project,
    environmentOfTenant(options),
  );
  const id = options.tenant.split(".").at(-1) ?? "";
  const stack = `${environment}.${id}`;
  if (!stacks.includes(stack)) {
    throw unknownTenant(
      id,
      environment,
      stacks.map((name) => ({ name: name.slice(environment.length + 1) })),
    );
  }
  const file = path.join(project.configDir, configFile(stack));
  const text = withFields(readFileSync(file, "utf8"), {
    state: state === "active" ? undefined : state,
  });
  const problems: Problem[] = [];
  const candidate = { stack, manifest: manifestIn(text) };
  planCandidates(project.configDir, footprint, stacks, [candidate], true, problems);
  refuse(`the state of tenant "${id}" cannot be changed; nothing was written`, problems);
  writeAll(new Map([[file, text]]));
  io.note(`${path.relative(process.cwd(), file)}: state is ${state}`);
  return up(io, {
    asked: stack,
    ...(rehearse === undefined ? {} : { rehearse }),
    ...(yes === undefined ? {} : { yes }),
  });
}
