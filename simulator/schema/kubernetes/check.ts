import { checkShape } from "../check.ts";
import type { CheckFailure } from "../check-failure.ts";
import { checkRules } from "../rules.ts";
import type { Properties, ResourceSchema } from "../shape.ts";
import { isAbsent, isObject, isUnknown } from "../value.ts";
import { checkKarpenter } from "./karpenter.ts";
import { installedKind, kubernetesFile, kubernetesSchema } from "./kinds.ts";
import { checkMetadata } from "./metadata.ts";
import { checkBySchema } from "./validator.ts";
import { whyNotServed } from "./versions.ts";

/**
 * Checks a Kubernetes object like an API server before storing it: its version is served, every field is known and has the right
 * type, required fields are set, and values match the OpenAPI schema and, for Karpenter, the additional rules of its definitions.
 * Unknown values are always valid.
 *
 * @param patch whether the object is a patch for an existing one, so that required fields may be missing
 * @returns every problem; empty for a custom kind without a known schema
 */
export function checkKubernetes(
  object: Record<string, unknown>,
  { patch = false } = {},
): CheckFailure[] {
  const { apiVersion, kind } = object;
  if (isUnknown(apiVersion) || isUnknown(kind)) return [];
  if (typeof apiVersion !== "string" || typeof kind !== "string") {
    return [["apiVersion", apiVersion] as const, ["kind", kind] as const]
      .filter(([, value]) => typeof value !== "string")
      .map(([property]) => ({ property, reason: "is required and missing" }));
  }
  const gone = whyNotServed(apiVersion, kind);
  if (gone) return [gone];
  const schema = kubernetesSchema({ apiVersion, kind, patch });
  if (!schema)
    return [...checkShape(bare, object, shapeOptions(patch)), ...checkMetadata(object, patch)];
  return [
    ...checkShape(schema.properties, object, { types: schema.types, strict: true, partial: patch }),
    ...checkMetadata(object, patch),
    ...checkRules(schema, object),
    ...checkValues(apiVersion, kind, object, patch),
  ];
}

/** Fields of a custom kind without a schema: only metadata is known. */
const bare: Properties = {
  apiVersion: { type: "string", required: true },
  kind: { type: "string", required: true },
  metadata: { type: { ref: "IoK8sApimachineryPkgApisMetaV1ObjectMeta" } },
  spec: { type: "any" },
  status: { type: "any" },
  data: { type: "any" },
};

function shapeOptions(partial: boolean): {
  types: ResourceSchema["types"];
  strict: boolean;
  partial: boolean;
} {
  return { types: kubernetesFile().types, strict: true, partial };
}

function checkValues(
  apiVersion: string,
  kind: string,
  object: Record<string, unknown>,
  patch: boolean,
): CheckFailure[] {
  const installed = installedKind(apiVersion, kind);
  if (!installed || patch) return [];
  return [
    ...checkBySchema(installed, withoutNulls(object)),
    ...checkKarpenter(apiVersion, kind, object),
  ];
}

/** The API server removes nulls before it checks. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isAbsent(inner))
      .map(([name, inner]) => [name, isObject(inner) ? withoutNulls(inner) : inner]),
  );
}
