/** Turns controls into policies of Pulumi: exemptions, lifetimes and unknown values are treated here, once for all controls. */
import type {
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Context, Control } from "./control.ts";
import { type Exemption, exemptionFor } from "./exemptions.ts";
import { policyMetadata, violationText } from "./message.ts";
import { type Finding, Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import { Stack } from "./stack.ts";

type SettingsOf = (urn: string) => Settings;
type Check = (props: unknown, report: Report, context: Context) => void;

/** The type of the resource that every stack has. */
const rootType = "pulumi:pulumi:Stack";

interface Named {
  readonly urn: string;
  readonly name: string;
}

/** A resource as both kinds of policies see it. */
interface Subject extends Named {
  readonly type: string;
  readonly props: unknown;
}

/** One policy a control, under the control's own name and level. */
export function enforce(
  controls: readonly Control[],
  settingsOf: SettingsOf,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return controls.map((control) => {
    const enforced = new Enforced(control, settingsOf);
    return {
      ...policyMetadata(control),
      ...(control.resources ? { validateResource: enforced.onResources() } : {}),
      ...(control.stack || control.repeated ? { validateStack: enforced.onStack() } : {}),
    } as ResourceValidationPolicy | StackValidationPolicy;
  });
}

class Enforced {
  readonly #control: Control;
  readonly #settingsOf: SettingsOf;
  readonly #checks: ReadonlyMap<string, Check>;
  /** Resources whose inputs were already found wrong; saying it again over their outputs would help nobody. */
  readonly #reported = new Set<string>();

  constructor(control: Control, settingsOf: SettingsOf) {
    this.#control = control;
    this.#settingsOf = settingsOf;
    // A check is only ever called with resources of the type it stands under.
    this.#checks = new Map(Object.entries(control.resources ?? {}) as [string, Check][]);
  }

  onResources(): ResourceValidationPolicy["validateResource"] {
    const validate: ResourceValidationPolicy["validateResource"] = (resource, report) => {
      const findings = this.#judge(resource);
      if (findings.length === 0) return;
      this.#reported.add(resource.urn);
      const exemption = this.#exemption(resource);
      if (exemption) {
        resource.notApplicable(`exempt until ${exemption.expires}: ${exemption.reason}`);
      }
      this.#tell(findings, resource, report);
    };
    // The SDK passes over a policy that names its only type without unpacking the resource.
    const [only, ...others] = this.#checks.keys();
    return others.length === 0 ? Object.assign(validate, { __pulumiType: only }) : validate;
  }

  onStack(): StackValidationPolicy["validateStack"] {
    return ({ resources }, report) => {
      const reports = new Map<string, Report>();
      const on = ({ urn }: { readonly urn: string }) => {
        const known = reports.get(urn) ?? new Report();
        reports.set(urn, known);
        return known;
      };
      const subjects = resources.filter(({ urn }) => this.#applies(urn));
      const unjudged = new Report();
      unjudged.part(() => this.#control.stack?.(new Stack(subjects), on));
      for (const subject of subjects) {
        this.#tell(reports.get(subject.urn)?.findings ?? [], subject, report);
      }
      // What escapes from a check belongs to no resource in particular; the SDK would pass it off as advice.
      const root = resources.find(({ type }) => type === rootType);
      if (root) this.#tell(unjudged.findings, root, report);
      if (this.#control.repeated) this.#repeat(subjects, report);
    };
  }

  #repeat(resources: readonly Subject[], report: ReportViolation): void {
    for (const resource of resources) {
      if (this.#reported.has(resource.urn)) continue;
      // Outputs that are unknown are those of a preview, in which the inputs have just been judged.
      this.#tell(
        this.#judge(resource).filter(({ unknown }) => !unknown),
        resource,
        report,
      );
    }
  }

  #judge({ type, urn, name, props }: Subject): readonly Finding[] {
    const check = this.#checks.get(type);
    if (!check || !this.#applies(urn)) return [];
    const report = new Report();
    report.part(() => check(props, report, { name, settings: this.#settingsOf(urn) }));
    return report.findings;
  }

  #applies(urn: string): boolean {
    return !this.#control.permanentOnly || this.#settingsOf(urn).lifetime === "permanent";
  }

  #exemption(resource: Named): Exemption | undefined {
    if (this.#control.exemptible === false) return undefined;
    return exemptionFor(this.#settingsOf(resource.urn).exemptions, this.#control.id, resource);
  }

  #tell(findings: readonly Finding[], resource: Named, report: ReportViolation): void {
    if (findings.length === 0 || this.#exemption(resource)) return;
    const { frameworks } = this.#settingsOf(resource.urn);
    for (const finding of findings) {
      report(violationText(this.#control, resource.urn, finding, frameworks), resource.urn);
    }
  }
}
