/** Drift: how resources in a cloud differ from the state. */
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";

/** A property that differs. Secret values are `[secret]`. */
export interface Difference {
  /** For example `tags.owner` or `ingress[0].cidrBlocks`. */
  readonly property: string;
  /** The value in the state; absent where there is none. */
  readonly was?: unknown;
  /** The value in the cloud; absent where there is none. */
  readonly is?: unknown;
}

/** A resource that was changed or deleted outside of Pulumi. */
export interface Drift {
  readonly urn: string;
  readonly kind: "changed" | "gone";
  readonly differences: readonly Difference[];
}

/** The drift that a step of a refresh reports; `undefined` where there is none. */
export function driftOf({
  urn,
  old,
  new: now,
  detailedDiff,
}: StepEventMetadata): Drift | undefined {
  if (!now) return { urn, kind: "gone", differences: [] };
  // Resources that are only read have no detailed diff. Their owner may change them.
  const differences = Object.entries(detailedDiff ?? {}).map(([property, { inputDiff }]) => {
    const side = inputDiff ? "inputs" : "outputs";
    const was = valueAt(old?.[side], property);
    const is = valueAt(now[side], property);
    return { property, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) };
  });
  return differences.length === 0 ? undefined : { urn, kind: "changed", differences };
}

/** The value at a path of the engine: `metadata.labels["app.kubernetes.io/name"]`, `rules[0].port`. */
function valueAt(bag: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)];
  return keys.reduce<unknown>((at, [, quoted, index, plain]) => {
    const key = quoted ?? index ?? plain ?? "";
    return typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  }, bag);
}
