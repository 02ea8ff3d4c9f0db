import { checkShape } from "../check.ts";
import type { CheckFailure } from "../check-failure.ts";
import { checkRules } from "../rules.ts";
import type { Properties, ResourceSchema } from "../shape.ts";
import { checkStructural } from "../structural/check.ts";
import { isAbsent, isObject, isUnknown } from "../value.ts";
import { customKind } from "./custom.ts";
import { checkKarpenter } from "./karpenter.ts";
import { installedKind, kubernetesFile, kubernetesSchema } from "./kinds.ts";
import { checkListKeys } from "./list-keys.ts";
import { checkMetadata } from "./metadata.ts";
import { checkSizes } from "./sizes.ts";
import { checkBySchema } from "./validator.ts";
import { whyNotServed } from "./versions.ts";

type Bag = Record<string, unknown>;

/**
 * Checks a Kubernetes object like an API server before storing it: its version is served, every field is known and has the right
 * type, required fields are set, and values match the OpenAPI schema or the custom resource's definition and, for Karpenter, the
 * additional rules of its definitions. The provider applies on the server's side, which refuses fields without a schema. Unknown values
 * are always valid.
 *
 * @param patch whether the object is a patch for an existing one, so that required fields may be missing
 * @returns every problem; empty for a custom kind without a known schema
 */
export function checkKubernetes(object: Bag, { patch = false } = {}): CheckFailure[] {
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
  const failures = schema
    ? builtIn(schema, object, patch)
    : custom({ apiVersion, kind }, object, patch);
  return [...failures, ...checkMetadata(object, patch), ...checkSizes(object)];
}

function builtIn(schema: ResourceSchema, object: Bag, patch: boolean): CheckFailure[] {
  const kind = installedKind(String(object.apiVersion), String(object.kind));
  return [
    ...checkShape(schema.properties, object, { types: schema.types, strict: true, partial: patch }),
    ...checkRules(schema, object),
    ...(kind ? checkListKeys(kind.ref, schema.types, object) : []),
    ...(!kind || patch ? [] : checkBySchema(kind, withoutNulls(object))),
  ];
}

/** The fields of every object. */
const frame: Properties = {
  apiVersion: { type: "string", required: true },
  kind: { type: "string", required: true },
  metadata: { type: { ref: "IoK8sApimachineryPkgApisMetaV1ObjectMeta" } },
};

/** The other fields of a custom kind without a schema. */
const bare: Properties = {
  ...frame,
  spec: { type: "any" },
  status: { type: "any" },
  data: { type: "any" },
};

function custom(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  object: Bag,
  partial: boolean,
): CheckFailure[] {
  const options = { types: kubernetesFile().types, strict: true, partial };
  const definition = customKind(apiVersion, kind)?.definition;
  if (!definition) return checkShape(bare, object, options);
  const { metadata, apiVersion: _, kind: __, ...body } = object;
  const { schema, types } = definition;
  return [
    ...checkShape(frame, { apiVersion, kind, metadata }, options),
    ...checkStructural(schema, body, "", { types, partial }),
    ...(partial ? [] : checkKarpenter(apiVersion, kind, object)),
  ];
}

/** The API server removes nulls before it checks. */
function withoutNulls(value: Bag): Bag {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isAbsent(inner))
      .map(([name, inner]) => [name, isObject(inner) ? withoutNulls(inner) : inner]),
  );
}
