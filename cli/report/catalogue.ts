/** What a violated policy means: the control behind it, from the policy pack's own declarations. */
import { partsOfUrn, type Violation } from "../engine/events.ts";

/** What reports say about a control. */
export interface ControlFacts {
  readonly id: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: string;
  readonly remedy: string;
  /** The requirements it serves, for people: `PCI DSS 1.3.1`. */
  readonly requirements: readonly string[];
}

/** Controls by the name of their policy. */
export type Catalogue = ReadonlyMap<string, ControlFacts>;

/** A violation with all that a person needs to act on it. */
export interface Finding {
  readonly stack: string;
  readonly control: ControlFacts;
  readonly level: Violation["level"];
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  /** Where in the resource, which value, and what is wrong with it. */
  readonly found: string;
  /** The requirements that the environment claims and this violates. */
  readonly requiredBy: readonly string[];
}

/** The controls of this project's pack. Loaded only when there is something to explain. */
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

/** The finding of a violation. A policy that is not in the catalogue stands for itself. */
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

/** The parts of a message that a report does not say by itself: the pack's messages name control, resource and remedy too. */
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
    remedy: "see what was found",
    requirements: [],
  };
}
