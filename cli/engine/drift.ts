/** What a refresh finds: how what is in a cloud differs from what the state says of it. */
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";

/** A property that differs; values are those that can be shown in a line, secrets stand as `[secret]`. */
export interface Difference {
  /** For example `tags.owner` or `ingress[0].cidrBlocks`. */
  readonly property: string;
  /** As the state has it; absent where it has none. */
  readonly was?: unknown;
  /** As it is in the cloud; absent where it has none. */
  readonly is?: unknown;
}

/** A resource that was changed or deleted by somebody else. */
export interface Drift {
  readonly urn: string;
  readonly kind: "changed" | "gone";
  readonly differences: readonly Difference[];
}

/** The drift that a step of a refresh tells of; `undefined` where there is none. */
export function driftOf({
  urn,
  old,
  new: now,
  detailedDiff,
}: StepEventMetadata): Drift | undefined {
  if (!now) return { urn, kind: "gone", differences: [] };
  // What is only read has no detailed diff: it belongs to somebody else, who may change it.
  const differences = Object.entries(detailedDiff ?? {}).map(([property, { inputDiff }]) => {
    const side = inputDiff ? "inputs" : "outputs";
    const was = valueAt(old?.[side], property);
    const is = valueAt(now[side], property);
    return { property, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) };
  });
  return differences.length === 0 ? undefined : { urn, kind: "changed", differences };
}

/** A value by the engine's path: `metadata.labels["app.kubernetes.io/name"]`, `rules[0].port`. */
function valueAt(bag: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  return keys.reduce<unknown>((at, [, quoted, index, plain]) => {
    const key = quoted ?? index ?? plain ?? "";
    return typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  }, bag);
}
