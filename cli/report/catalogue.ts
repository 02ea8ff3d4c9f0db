/** What a violated policy means: the control behind it, from the policy pack's own declarations. */
import type { Violation } from "../engine/events.ts";
import { partsOfUrn } from "../engine/events.ts";

/** What reports say about a control. */
export interface ControlFacts {
  readonly id: string;
  readonly policy: string;
  readonly title: string;
  readonly severity: string;
  readonly remedy: string;
  /** Requirement references by framework, for example `pci-dss-4` to `1.3.1`. */
  readonly requirements: Readonly<Record<string, readonly string[] | undefined>>;
}

/** Controls by the name of their policy. */
export type Catalogue = ReadonlyMap<string, ControlFacts>;

export function catalogueOf(controls: readonly ControlFacts[]): Catalogue {
  return new Map(controls.map((control) => [control.policy, control]));
}

/** A violation with all that a person needs to act on it. */
export interface Finding {
  readonly stack: string;
  readonly control: ControlFacts;
  readonly level: Violation["level"];
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  readonly message: string;
}

/** The finding of a violation. A policy that is not in the catalogue stands for itself. */
export function findingOf(catalogue: Catalogue, stack: string, violation: Violation): Finding {
  return {
    stack,
    control: catalogue.get(violation.policy) ?? unlisted(violation),
    level: violation.level,
    resource: { urn: violation.urn, ...partsOfUrn(violation.urn) },
    message: violation.message,
  };
}

function unlisted({ policy, severity }: Violation): ControlFacts {
  return {
    id: policy.split("-", 1)[0]?.toUpperCase() ?? policy,
    policy,
    title: policy,
    severity: severity || "medium",
    remedy: "see the message",
    requirements: {},
  };
}

/** `PCI DSS 1.3.1, SOC 2 CC6.6` as framework ids and references. */
export function referencesOf({ requirements }: ControlFacts): string[] {
  return Object.entries(requirements).flatMap(([framework, references]) =>
    (references ?? []).map((reference) => `${framework} ${reference}`),
  );
}

/** The controls of this project's pack. Loaded only when there is something to explain. */
export async function loadCatalogue(): Promise<Catalogue> {
  const { controls } = await import("../../policies/controls/index.ts");
  return catalogueOf(controls);
}
