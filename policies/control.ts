import type { Severity } from "@pulumi/policy";
import type { FrameworkId } from "../components/core/frameworks.ts";
import type { Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import type { Props, ResourceType } from "./types.ts";

/** The verbs allowed in a policy's name, which show what the control requires. */
export type Verb = "disallow" | "enable" | "configure" | "enforce" | "missing";

/** One control: its requirement, severity, remediation and checks. */
export interface Control {
  /** Stable id, for example `EKS1`, used by exemptions and reports. */
  readonly id: string;
  /** The policy's name in Pulumi: the id in lower case, a verb, the subject. */
  readonly policy: `${Lowercase<string>}-${Verb}-${string}`;
  /** What the control requires, as a sentence without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Whether a violation blocks the deployment.
   * @default "mandatory"
   */
  readonly enforcement?: "mandatory" | "advisory";
  /** What to change, in the imperative. */
  readonly remedy: string;
  /** The requirements it supports, by framework; their titles are in `frameworks/`. */
  readonly requirements: { readonly [F in FrameworkId]?: readonly string[] };
  /**
   * Whether it applies only to permanent environments: deletion protection would block the destruction of ephemeral ones.
   * @default false
   */
  readonly permanentOnly?: boolean;
  /**
   * Whether an exemption may cover it.
   * @default true
   */
  readonly exemptible?: boolean;
  /** Checks of single resources by their inputs, before they are created or changed. */
  readonly resources?: ResourceChecks;
  /**
   * Whether to repeat those checks after the update, on the outputs. For controls of network and public access.
   * @default false
   */
  readonly repeated?: boolean;
  /** A check of several resources together, after the preview or the update. */
  readonly stack?: StackCheck;
  /** Reports, on the stack, the values that a preview cannot judge. */
  readonly deferred?: DeferredCheck;
}

/** Judges one resource. Reading an unknown value throws; the caller reports it. */
export type ResourceCheck<T extends ResourceType> = (
  props: Props<T>,
  report: Report,
  context: Context,
) => void;

export type ResourceChecks = { readonly [T in ResourceType]?: ResourceCheck<T> };

/** Judges a stack; `on` returns the report of one of its resources. */
export type StackCheck = (stack: Stack, on: (resource: { readonly urn: string }) => Report) => void;

/** A value that is unknown in a preview, so that the update judges it. */
export interface Deferred {
  readonly urn: string;
  readonly path: string;
}

/** Reports values that only the update can judge; called only if there are any. */
export type DeferredCheck = (values: readonly Deferred[], report: Report) => void;

/** What a check knows besides the resource. */
export interface Context {
  readonly settings: Settings;
}
