/** Reduces engine events to what users need: the progress, the changes, the violations and the errors. */
import { stripVTControlCharacters } from "node:util";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { type Drift, driftOf } from "./drift.ts";

/** The number of resources by operation. Components and providers count too, as in Pulumi's own summary. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly unchanged: number;
}

export interface Violation {
  /** The policy's name, for example `eks1-disallow-public-endpoint`. */
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  /** `low` to `critical`; empty where the pack has none. */
  readonly severity: string;
  /** The URN of the resource, or of the stack where a stack policy names no resource. */
  readonly urn: string;
  readonly message: string;
}

export interface Diagnostic {
  readonly severity: "warning" | "error";
  readonly urn: string;
  readonly message: string;
}

/** A resource that was, or would be, changed. */
export interface Change {
  readonly op: "create" | "update" | "replace" | "delete";
  readonly urn: string;
  /** The properties that change; for a replacement, those that require it. */
  readonly properties: readonly string[];
  /** Whether the existing resource is protected. */
  readonly protected: boolean;
  /** Whether it is a resource of a cloud, and not a component or provider. */
  readonly inCloud: boolean;
}

/** The progress of a run. */
export interface Progress {
  readonly counts: Counts;
  /** URNs in progress, oldest first. */
  readonly current: readonly string[];
  readonly violations: readonly Violation[];
  readonly diagnostics: readonly Diagnostic[];
  readonly changes: readonly Change[];
  /** The drift that a refresh found. */
  readonly drift: readonly Drift[];
  /** The program's own output. */
  readonly printed: readonly string[];
}

export interface Follower {
  add(event: EngineEvent): void;
  /** The last step of each resource, in the engine's order. */
  steps(): readonly StepEventMetadata[];
  progress(): Progress;
}

const nothing: Counts = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 0 };

/** How each step of the engine is counted. A replacement counts once. */
const countedAs: Readonly<Record<string, keyof Counts>> = {
  create: "created",
  import: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  same: "unchanged",
  read: "unchanged",
  refresh: "unchanged",
};

const changeOf: Readonly<Record<string, Change["op"]>> = {
  create: "create",
  import: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
};

/** Follows one run of the engine. */
export function follow(): Follower {
  // A preview reports a component twice: when it is registered and when its outputs are.
  const steps = new Map<string, StepEventMetadata>();
  const drift = new Map<string, Drift>();
  const current = new Set<string>();
  const violations = new Map<string, Violation>();
  const diagnostics: Diagnostic[] = [];
  const printed: string[] = [];
  let total: Counts | undefined;

  const add = (event: EngineEvent): void => {
    if (event.resourcePreEvent) {
      current.add(event.resourcePreEvent.metadata.urn);
    } else if (event.resOutputsEvent) {
      const step = event.resOutputsEvent.metadata;
      current.delete(step.urn);
      steps.set(`${step.op} ${step.urn}`, step);
      const found = step.op === "refresh" ? driftOf(step) : undefined;
      if (found) drift.set(step.urn, found);
    } else if (event.resOpFailedEvent) {
      current.delete(event.resOpFailedEvent.metadata.urn);
    } else if (event.policyEvent) {
      const violation = violationOf(event.policyEvent);
      violations.set(`${violation.policy} ${violation.urn} ${violation.message}`, violation);
    } else if (event.diagnosticEvent) {
      const { severity, urn = "", ephemeral } = event.diagnosticEvent;
      const message = plainText(event.diagnosticEvent.message);
      if (message === "" || ephemeral || isNoise(message)) return;
      if (severity === "warning" || severity === "error")
        diagnostics.push({ severity, urn, message });
      else if (severity === "info" || severity === "info#err") printed.push(message);
    } else if (event.summaryEvent) {
      current.clear();
      total = countsOf(Object.entries(event.summaryEvent.resourceChanges ?? {}));
    }
  };

  return {
    add,
    steps: () => [...steps.values()],
    progress: () => ({
      counts: total ?? countsOf([...steps.values()].map(({ op }) => [op, 1])),
      current: [...current],
      violations: [...violations.values()],
      diagnostics,
      printed,
      changes: [...steps.values()].flatMap(asChange),
      drift: [...drift.values()],
    }),
  };
}

function countsOf(ops: readonly (readonly [string, number | undefined])[]): Counts {
  const counts = { ...nothing };
  for (const [op, count = 0] of ops) {
    const kind = countedAs[op];
    if (kind !== undefined) counts[kind] += count;
  }
  return counts;
}

function asChange(step: StepEventMetadata): Change[] {
  const op = changeOf[step.op];
  if (op === undefined) return [];
  const differing = step.detailedDiff ? Object.keys(step.detailedDiff) : (step.diffs ?? []);
  const known = step.old ?? step.new;
  return [
    {
      op,
      urn: step.urn,
      properties: op === "replace" && step.keys ? step.keys : differing,
      protected: step.old?.protect === true,
      inCloud: known?.custom === true && !known.type.startsWith("pulumi:"),
    },
  ];
}

function violationOf(
  event: NonNullable<EngineEvent["policyEvent"]> & { severity?: string },
): Violation {
  // Policies that only report have their own level at the end of the message; see policies/report-only.ts.
  const [, message = "", mark] =
    /^([\s\S]*?)(?:\n\[atoll:(\w+)\])?$/.exec(plainText(event.message)) ?? [];
  return {
    policy: event.policyName,
    level: (mark ?? event.enforcementLevel) === "mandatory" ? "mandatory" : "advisory",
    severity: event.severity ?? "",
    urn: event.resourceUrn ?? "",
    message,
  };
}

/** The engine warns of every plugin on the PATH. The hosts of programs and policy packs are there on purpose. */
function isNoise(message: string): boolean {
  return /^using pulumi-(?:analyzer-policy|language)-nodejs from \$PATH/.test(message);
}

/** Removes colours, the engine's or a terminal's, and surrounding space. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text.replace(/<\{%[^%]*%\}>/g, "")).trim();
}

/** `type` and `name` of `urn:pulumi:stack::project::parent$type::name`. */
export function partsOfUrn(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** The short name of a resource: `Vpc aws-use1-network`. */
export function shortName(urn: string): string {
  const { type, name } = partsOfUrn(urn);
  return name === "" ? urn : `${type.split(":").at(-1)} ${name}`;
}

/** How many resources a run changed. */
export function changedBy({ created, updated, replaced, deleted }: Counts): number {
  return created + updated + replaced + deleted;
}
