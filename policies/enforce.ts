/**
 * Controls as policies of Pulumi. The SDK unpacks a resource again for every policy it asks, which for a pack of this size costs
 * more than all checks together. So one policy is asked, and it speaks for the controls; these are declared to Pulumi with name,
 * level and requirements, and are never asked themselves.
 */
import type { Policies, ReportViolation, Severity } from "@pulumi/policy";
import type { Control } from "./control.ts";
import { Judge, type Violation } from "./judge.ts";
import { policyMetadata, violationText } from "./message.ts";
import type { Settings } from "./settings.ts";

/** A violation under another policy's name: the SDK takes it, but its types know only the text. */
type ReportUnderName = (violation: {
  readonly name: string;
  readonly description: string;
  readonly message: string;
  readonly urn: string;
  readonly enforcementLevel: "mandatory" | "advisory";
  readonly severity: Severity;
}) => void;

/** The policies of the pack: the one that judges, and a declaration for each control. */
export function enforce(
  controls: readonly Control[],
  settingsOf: (urn: string) => Settings,
): Policies {
  const judge = new Judge(controls, settingsOf);
  const tell = (violations: readonly Violation[], report: ReportViolation) => {
    for (const violation of violations) {
      (report as unknown as ReportUnderName)(told(violation, settingsOf(violation.urn)));
    }
  };
  return [
    {
      name: "atoll-judge",
      description: "Judges every resource, and the stack, by the controls of this pack.",
      enforcementLevel: "mandatory",
      validateResource: (resource, report) => tell(judge.resource(resource), report),
      validateStack: ({ resources }, report) => tell(judge.stack(resources), report),
    },
    ...controls.map((control) => ({ ...policyMetadata(control), validateResource: [] })),
  ];
}

function told({ control, urn, finding }: Violation, { frameworks }: Settings) {
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
