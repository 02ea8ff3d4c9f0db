import type { Severity } from "@pulumi/policy";
import type { FrameworkId } from "../components/core/frameworks.ts";
import type { Report } from "./report.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";
import type { Props, ResourceType } from "./types.ts";

/** The verbs a policy's name may use: a reader knows from the name alone which way the control points. */
export type Verb = "disallow" | "enable" | "configure" | "enforce" | "missing";

/** One control: what must hold, why it matters, how to put it right, and the check itself. */
export interface Control {
  /** Stable id, for example `EKS1`; exemptions and reports use it. */
  readonly id: string;
  /** Name of the policy in Pulumi: the id in lower case, a verb, the matter. */
  readonly policy: `${Lowercase<string>}-${Verb}-${string}`;
  /** What holds when the control is met, as a sentence without its full stop. */
  readonly title: string;
  readonly severity: Severity;
  /**
   * Whether a violation stops the deployment.
   * @default "mandatory"
   */
  readonly enforcement?: "mandatory" | "advisory";
  /** What to change, in the imperative. */
  readonly remedy: string;
  /** The requirements it serves, by framework; their titles are in `frameworks/`. */
  readonly requirements: { readonly [F in FrameworkId]?: readonly string[] };
  /**
   * Whether it is for permanent environments only: protection against deletion would keep ephemeral ones from being destroyed.
   * @default false
   */
  readonly permanentOnly?: boolean;
  /**
   * Whether an exemption may cover it.
   * @default true
   */
  readonly exemptible?: boolean;
  /** Checks of single resources by their inputs, before they are made or changed. */
  readonly resources?: ResourceChecks;
  /**
   * Whether those checks are repeated after the update over what the cloud made of the inputs. For what opens a way in.
   * @default false
   */
  readonly repeated?: boolean;
  /** A check that needs several resources at once, after the preview or the update. */
  readonly stack?: StackCheck;
  /** Speaks of what a preview leaves to the update, on the stack. */
  readonly deferred?: DeferredCheck;
}

/** Judges one resource. Reading a value that is not known until deployment throws, and the frame reports it. */
export type ResourceCheck<T extends ResourceType> = (
  props: Props<T>,
  report: Report,
  context: Context,
) => void;

export type ResourceChecks = { readonly [T in ResourceType]?: ResourceCheck<T> };

/** Judges a stack; `on` gives the report of one of its resources. */
export type StackCheck = (stack: Stack, on: (resource: { readonly urn: string }) => Report) => void;

/** A value that a preview does not know, so that the update judges it. */
export interface Deferred {
  readonly urn: string;
  readonly path: string;
}

/** Judges what a preview leaves to the update; it is asked only when there is something. */
export type DeferredCheck = (values: readonly Deferred[], report: Report) => void;

/** What a check may know beside the resource. */
export interface Context {
  readonly settings: Settings;
}
