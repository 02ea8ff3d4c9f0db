import type { Policy } from "@pulumi/policy";
import type { FrameworkId } from "../components/core/frameworks.ts";
import type { Control } from "./control.ts";
import { frameworks } from "./frameworks/index.ts";
import type { Finding } from "./report.ts";

/** A control's metadata for Pulumi, which supports one framework per policy; the tags list all of them. */
export function policyMetadata(control: Control): Policy {
  const requirements = requirementsOf(control);
  const first = requirements[0] && frameworks[requirements[0].framework];
  return {
    name: control.policy,
    displayName: `${control.id} ${control.title}`,
    description: `${control.id}: ${control.title}.`,
    severity: control.severity,
    enforcementLevel: control.enforcement ?? "mandatory",
    remediationSteps: control.remedy,
    url: `docs/policies.md#${control.id.toLowerCase()}`,
    tags: [
      `control:${control.id}`,
      ...requirements.map(({ framework, requirement }) => `${framework}:${requirement}`),
    ],
    ...(first && {
      framework: {
        name: first.name,
        version: first.version,
        reference: first.reference,
        specification: requirements
          .flatMap(({ framework, requirement }) =>
            frameworks[framework] === first ? [requirement] : [],
          )
          .join(", "),
      },
    }),
  };
}

/**
 * The message of one finding, in lines: location and reason, remedy, requirements. Pulumi prefixes it with the policy's
 * description.
 *
 * @param claimed the frameworks whose requirements are listed; all if none is claimed
 */
export function violationText(
  control: Control,
  urn: string,
  finding: Finding,
  claimed: readonly FrameworkId[],
): string {
  const required = requirementsOf(control)
    .filter(({ framework }) => claimed.length === 0 || claimed.includes(framework))
    .map(({ framework, requirement }) => `${frameworks[framework].name} ${requirement}`);
  return [
    `${subject(urn)}: ${place(finding)}${finding.why}`,
    `Remedy: ${control.remedy}.`,
    ...(required.length > 0 ? [`Required by: ${required.join("; ")}.`] : []),
  ].join("\n");
}

/** A control's requirements as a flat list, in the order of the frameworks. */
export function requirementsOf(
  control: Control,
): readonly { readonly framework: FrameworkId; readonly requirement: string }[] {
  return (Object.keys(frameworks) as FrameworkId[]).flatMap((framework) =>
    (control.requirements[framework] ?? []).map((requirement) => ({ framework, requirement })),
  );
}

/** `aws:eks/cluster:Cluster "main"` */
export function subject(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(2);
  return `${type.split("$").at(-1)} "${name}"`;
}

const longestShown = 200;

function place({ path, value }: Finding): string {
  if (value === undefined) return path === "" ? "" : `${path} `;
  const text = JSON.stringify(value);
  const shown = text.length > longestShown ? `${text.slice(0, longestShown)}...` : text;
  return `${path} is ${shown}: `;
}
