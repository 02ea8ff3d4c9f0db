/** One tenant, for commands that change it: its file, its manifest, and its plan with other fields. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../../../components/core/errors.ts";
import { configFile } from "../../../footprint/files/config-files.ts";
import type { Footprint, Tenant } from "../../../footprint/model.ts";
import { planCandidates } from "../../../footprint/tenants/candidates.ts";
import { type Project, thisProject } from "../../project.ts";
import { manifestIn, withFields } from "./files.ts";
import { environmentOfTenant, unknownTenant } from "./list.ts";
import { openTenants, refuse } from "./open.ts";

export interface FoundTenant {
  readonly project: Project;
  readonly footprint: Footprint;
  readonly environment: string;
  readonly id: string;
  readonly stack: string;
  readonly file: string;
  readonly isRehearsed: boolean;
  /** The text of its file. */
  text(): string;
  /** Its plan with other fields, checked together with all tenants. @throws BlueprintError `footprint-invalid` */
  planned(text: string, what: string): Tenant;
}

export async function findTenant(options: {
  readonly tenant: string;
  readonly env?: string;
  readonly rehearse?: boolean;
}): Promise<FoundTenant> {
  const project = thisProject();
  const opened = await openTenants(project, environmentOfTenant(options));
  const { environment, footprint, stacks } = opened;
  const id = options.tenant.split(".").at(-1) ?? "";
  const stack = `${environment}.${id}`;
  if (!stacks.includes(stack)) {
    const known = stacks.map((name) => ({ name: name.slice(environment.length + 1) }));
    throw unknownTenant(id, environment, known);
  }
  const file = path.join(project.configDir, configFile(stack));
  return {
    project,
    footprint,
    environment,
    id,
    stack,
    file,
    isRehearsed: options.rehearse === true || footprint.environment.target === "rehearsal",
    text: () => readFileSync(file, "utf8"),
    planned: (text, what) => {
      const problems: Problem[] = [];
      const candidate = { stack, manifest: manifestIn(text) };
      const [planned] = planCandidates(
        project.configDir,
        footprint,
        stacks,
        [candidate],
        true,
        problems,
      );
      refuse(what, problems);
      if (planned === undefined) throw new TypeError(`${stack} has no plan and no problems`);
      return planned;
    },
  };
}

/** The text of a tenant's file with fields. */
export function changed(text: string, fields: object): string {
  return withFields(text, { ...fields });
}
