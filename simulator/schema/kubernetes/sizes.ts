/** Sizes that an API server refuses. Sources: k8s.io/apimachinery/pkg/api/validation, k8s.io/kubernetes/pkg/apis/core/validation; etcd. */
import { kubernetesLimits } from "../../../components/core/service-limits.ts";
import type { CheckFailure } from "../check-failure.ts";
import { isObject, isUnknown } from "../value.ts";

type Bag = Record<string, unknown>;

export function checkSizes(object: Bag): CheckFailure[] {
  const { metadata, kind } = object;
  return [
    ...(isObject(metadata) && isObject(metadata.annotations)
      ? tooLong("metadata.annotations", annotationBytes(metadata.annotations), "annotations")
      : []),
    ...(kind === "ConfigMap" && object.apiVersion === "v1"
      ? tooLong("data", plain(object.data) + decoded(object.binaryData), "data")
      : []),
    ...(kind === "Secret" && object.apiVersion === "v1"
      ? tooLong("data", decoded(object.data) + plain(object.stringData), "data")
      : []),
    ...tooLong("metadata", bytesOf(JSON.stringify(object)), "object"),
  ];
}

function tooLong(
  property: string,
  bytes: number,
  what: keyof typeof kubernetesLimits,
): CheckFailure[] {
  const most = kubernetesLimits[what];
  if (bytes <= most) return [];
  const reason =
    what === "object"
      ? `is too large: etcd accepts ${most} bytes for an object, got ${bytes}`
      : `may not be more than ${most} bytes, got ${bytes}`;
  return [{ property, reason }];
}

/** Keys count too. */
function annotationBytes(annotations: Bag): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + bytesOf(key) + (known(value) ? bytesOf(value) : 0),
    0,
  );
}

function plain(values: unknown): number {
  return sum(values, bytesOf);
}

function decoded(values: unknown): number {
  return sum(values, (text) => Buffer.byteLength(text, "base64"));
}

function sum(values: unknown, size: (text: string) => number): number {
  if (!isObject(values)) return 0;
  return Object.values(values).reduce<number>(
    (total, value) => total + (known(value) ? size(value) : 0),
    0,
  );
}

function known(value: unknown): value is string {
  return typeof value === "string" && !isUnknown(value);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
