/** The control behind a violated policy, from the declarations of the policy pack. */
import { partsOfUrn, type Violation } from "../engine/events.ts";

/** What reports show of a control. */
export interface ControlFacts {
  readonly id: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: string;
  readonly remedy: string;
  /** The requirements that it implements: `PCI DSS 1.3.1`. */
  readonly requirements: readonly string[];
}

/** Controls by policy name. */
export type Catalogue = ReadonlyMap<string, ControlFacts>;

/** A violation with everything that is needed to fix it. */
export interface Finding {
  readonly stack: string;
  readonly control: ControlFacts;
  readonly level: Violation["level"];
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  /** The property of the resource, its value, and what is wrong with it. */
  readonly found: string;
  /** The requirements of the environment's frameworks that are violated. */
  readonly requiredBy: readonly string[];
}

/** The controls of this project's pack, loaded only when there is a violation. */
export async function loadCatalogue(): Promise<Catalogue> {
  const [{ controls }, { requirementsOf }, { frameworks }] = await Promise.all([
    import("../../policies/catalogue.ts"),
    import("../../policies/message.ts"),
    import("../../policies/frameworks/index.ts"),
  ]);
  return new Map(
    controls.map((control) => {
      const { id, policy, title, severity, remedy } = control;
      const requirements = requirementsOf(control).map(
        ({ framework, requirement }) => `${frameworks[framework].name} ${requirement}`,
      );
      return [policy, { id, policy, title, severity, remedy, requirements }];
    }),
  );
}

/** The finding of a violation. A policy that is not in the catalogue is its own control. */
export function findingOf(catalogue: Catalogue, stack: string, violation: Violation): Finding {
  const control = catalogue.get(violation.policy) ?? unlisted(violation);
  const resource = { urn: violation.urn, ...partsOfUrn(violation.urn) };
  const { found, requiredBy } = readMessage(violation.message, control, resource);
  return {
    stack,
    control,
    level: violation.level,
    resource,
    found,
    requiredBy: requiredBy ?? control.requirements,
  };
}

const requiredMark = "Required by: ";

/** Removes from a message what a report already shows: control, resource and remedy. */
function readMessage(
  message: string,
  { id, title, remedy }: ControlFacts,
  { type, name }: Finding["resource"],
): { readonly found: string; readonly requiredBy?: readonly string[] } {
  const known = [`${id}: ${title}.`, `Remedy: ${remedy}.`];
  const lines = message.split("\n").filter((line) => !known.includes(line.trim()));
  const required = lines.find((line) => line.startsWith(requiredMark));
  const found = lines
    .filter((line) => line !== required)
    .join("\n")
    .replace(`${type} "${name}": `, "");
  if (required === undefined) return { found };
  const references = required.slice(requiredMark.length).replace(/\.$/, "").split("; ");
  return { found, requiredBy: references };
}

function unlisted({ policy, severity }: Violation): ControlFacts {
  return {
    id: policy.split("-", 1)[0]?.toUpperCase() ?? policy,
    policy,
    title: policy,
    severity: severity || "medium",
    remedy: "see the finding",
    requirements: [],
  };
}
