import type { PolicyResource } from "@pulumi/policy";
import type { Context, Control, Deferred } from "./control.ts";
import { exemptionFor } from "./exemptions.ts";
import { type Finding, Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import { Stack } from "./stack.ts";

/** A resource's violation of a control. */
export interface Violation {
  readonly control: Control;
  readonly urn: string;
  readonly finding: Finding;
}

/** A resource, for both kinds of checks. */
interface Subject {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly props: PolicyResource["props"];
}

interface Rule {
  readonly control: Control;
  readonly check: (props: unknown, report: Report, context: Context) => void;
}

/** The type of the stack resource. */
const rootType = "pulumi:pulumi:Stack";

/** Applies controls to resources. Handles unknown values, lifetimes and exemptions for all controls. */
export class Judge {
  readonly #controls: readonly Control[];
  readonly #settingsOf: (urn: string) => Settings;
  /** Controls by the resource type that they check. */
  readonly #rules = new Map<string, Rule[]>();
  /** Controls and resources already reported for their inputs, which are not reported again for the outputs. */
  readonly #reported = new Set<string>();
  /** Values that could not be judged yet, by resource and path; several controls may need the same value. */
  readonly #deferred = new Map<string, Deferred>();
  /** The inputs of each resource of this run, by its URN. */
  readonly #inputs = new Map<string, PolicyResource["props"]>();

  constructor(controls: readonly Control[], settingsOf: (urn: string) => Settings) {
    this.#controls = controls;
    this.#settingsOf = settingsOf;
    for (const control of controls) {
      // A check is only called with resources of its own type.
      const checks = Object.entries(control.resources ?? {}) as [string, Rule["check"]][];
      for (const [type, check] of checks) {
        this.#rules.set(type, [...(this.#rules.get(type) ?? []), { control, check }]);
      }
    }
  }

  /** Judges a resource by its inputs, before it is created or changed. */
  resource(subject: Subject): Violation[] {
    this.#inputs.set(subject.urn, subject.props);
    return (this.#rules.get(subject.type) ?? []).flatMap((rule) => {
      const { findings, deferred } = this.#report(rule, subject);
      if (this.#applies(rule.control, subject)) this.#defer(subject, deferred);
      const violations = this.#violations(rule.control, subject, findings);
      if (violations.length > 0) this.#reported.add(`${rule.control.id} ${subject.urn}`);
      return violations;
    });
  }

  /** Judges the resources of a stack together, after a preview or an update. */
  stack(resources: readonly PolicyResource[]): Violation[] {
    const foreseen = resources.flatMap((resource) => this.#foreseen(resource));
    const stack = new Stack(foreseen);
    return [
      ...this.#controls.flatMap((control) => this.#together(control, stack, resources)),
      ...foreseen.flatMap((resource) => this.#again(resource)),
      ...this.#unjudged(resources),
    ];
  }

  #defer({ urn }: Subject, paths: readonly string[]): void {
    for (const path of paths) this.#deferred.set(`${urn} ${path}`, { urn, path });
  }

  /** Violations for values that a preview cannot judge. In an update every value is known. */
  #unjudged(resources: readonly PolicyResource[]): readonly Violation[] {
    const root = resources.find(({ type }) => type === rootType);
    if (!root || this.#deferred.size === 0) return [];
    return this.#controls.flatMap((control) => {
      const report = new Report();
      control.deferred?.([...this.#deferred.values()], report);
      return this.#violations(control, root, report.findings);
    });
  }

  /**
   * A resource as far as it is known. If its provider's configuration is unknown, as for a cluster of the same run, a preview has no
   * properties of it: its inputs are used instead. A resource that is only read has no inputs either; the update judges it.
   */
  #foreseen(resource: PolicyResource): PolicyResource[] {
    if (Object.keys(resource.props).length > 0) return [resource];
    const props = this.#inputs.get(resource.urn);
    return props ? [{ ...resource, props }] : [];
  }

  #together(
    control: Control,
    stack: Stack,
    resources: readonly PolicyResource[],
  ): readonly Violation[] {
    if (!control.stack) return [];
    const reports = new Map<string, Report>();
    const on = ({ urn }: { readonly urn: string }) => {
      const report = reports.get(urn) ?? new Report();
      reports.set(urn, report);
      return report;
    };
    // An error of a check belongs to no specific resource; the SDK would report it as advisory.
    const root = resources.find(({ type }) => type === rootType) ?? { urn: "" };
    on(root).part(() => control.stack?.(stack, on));
    return resources.flatMap((resource) =>
      this.#violations(control, resource, reports.get(resource.urn)?.findings ?? []),
    );
  }

  /** Repeats the checks of network and public access, on the outputs. */
  #again(subject: Subject): readonly Violation[] {
    const rules = (this.#rules.get(subject.type) ?? []).filter(
      ({ control }) => control.repeated && !this.#reported.has(`${control.id} ${subject.urn}`),
    );
    return rules.flatMap((rule) => {
      // Outputs are unknown only in a preview, where the inputs have already been judged.
      const findings = this.#report(rule, subject).findings.filter(({ unknown }) => !unknown);
      return this.#violations(rule.control, subject, findings);
    });
  }

  #report({ check }: Rule, { props, urn }: Subject): Report {
    const report = new Report();
    report.part(() => check(props, report, { settings: this.#settingsOf(urn) }));
    return report;
  }

  #violations(
    control: Control,
    subject: Pick<Subject, "urn" | "name">,
    findings: readonly Finding[],
  ): Violation[] {
    if (findings.length === 0 || !this.#applies(control, subject)) return [];
    return findings.map((finding) => ({ control, urn: subject.urn, finding }));
  }

  /** Whether a control applies to this environment and has no exemption on this resource. */
  #applies(control: Control, subject: Pick<Subject, "urn" | "name">): boolean {
    const { lifetime, exemptions } = this.#settingsOf(subject.urn);
    if (control.permanentOnly && lifetime !== "permanent") return false;
    return control.exemptible === false || !exemptionFor(exemptions, control.id, subject);
  }
}
