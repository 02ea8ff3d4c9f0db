/**
 * Controls as Pulumi policies. The SDK deserializes a resource again for every policy, which costs more than all checks of this
 * pack. Therefore one policy runs all checks and reports violations under the controls' names. The controls are declared to Pulumi
 * with name, level and requirements, but have no code of their own.
 */
import type { Policies, ReportViolation, Severity } from "@pulumi/policy";
import type { Control } from "./control.ts";
import { Judge, type Violation } from "./judge.ts";
import { policyMetadata, violationText } from "./message.ts";
import type { Settings } from "./settings.ts";

/** A violation under another policy's name: the SDK accepts it, but its types only allow a message. */
type ReportUnderName = (violation: {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly severity: Severity;
}) => void;

/** The policies of the pack: the one with the checks, and a declaration of each control. */
export function enforce(
  controls: readonly Control[],
  settingsOf: (urn: string) => Settings,
): Policies {
  const judge = new Judge(controls, settingsOf);
  const tell = (violations: readonly Violation[], report: ReportViolation) => {
    for (const violation of violations) {
      (report as unknown as ReportUnderName)(reportOf(violation, settingsOf(violation.urn)));
    }
  };
  return [
    {
      name: "atoll-judge",
      description: "Checks every resource and the stack against the controls of this pack.",
      enforcementLevel: "mandatory",
      validateResource: (resource, report) => tell(judge.resource(resource), report),
      validateStack: ({ resources }, report) => tell(judge.stack(resources), report),
    },
    ...controls.map((control) => ({ ...policyMetadata(control), validateResource: [] })),
  ];
}

function reportOf({ control, urn, finding }: Violation, { frameworks }: Settings) {
  const { name, description } = policyMetadata(control);
  return {
    name,
    description,
    message: `${description}\n${violationText(control, urn, finding, frameworks)}`,
    urn,
    enforcementLevel: control.enforcement ?? "mandatory",
    severity: control.severity,
  } as const;
}
