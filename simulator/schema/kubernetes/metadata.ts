import type { CheckFailure } from "../check-failure.ts";
import { childPath, describe, isAbsent, isObject, isUnknown } from "../value.ts";

// Source: Kubernetes documentation, "Object Names and IDs" and "Labels and Selectors"; k8s.io/apimachinery/pkg/util/validation.
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const pathSegment = /^[^/%]+$/;

/** Kinds whose names are DNS labels, because they are used in DNS names or labels. */
const labelNamed = new Set(["Namespace", "Service"]);
/** Kinds whose names may be any path segment: `system:node`. */
const pathNamed = new Set(["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]);

/** Checks an object's name, namespace, labels and annotations. */
export function checkMetadata(object: Record<string, unknown>, patch: boolean): CheckFailure[] {
  const metadata = object.metadata;
  if (isUnknown(metadata) || !isObject(metadata)) {
    return patch
      ? [{ property: "metadata.name", reason: "is required: it identifies the object to patch" }]
      : [];
  }
  return [
    ...nameFailures(metadata, String(object.kind), patch),
    ...textFailures(metadata.namespace, "metadata.namespace", label, 63, "a DNS label"),
    ...keyFailures(metadata.labels, "metadata.labels"),
    ...keyFailures(metadata.annotations, "metadata.annotations"),
    ...labelFailures(metadata.labels),
  ];
}

function nameFailures(
  metadata: Record<string, unknown>,
  kind: string,
  patch: boolean,
): CheckFailure[] {
  if (isAbsent(metadata.name)) {
    return patch
      ? [{ property: "metadata.name", reason: "is required: it identifies the object to patch" }]
      : [];
  }
  if (labelNamed.has(kind))
    return textFailures(metadata.name, "metadata.name", label, 63, "a DNS label");
  if (pathNamed.has(kind))
    return textFailures(metadata.name, "metadata.name", pathSegment, 253, "a path segment");
  return textFailures(metadata.name, "metadata.name", subdomain, 253, "a DNS subdomain");
}

function textFailures(
  value: unknown,
  property: string,
  pattern: RegExp,
  longest: number,
  says: string,
): CheckFailure[] {
  if (typeof value !== "string" || isUnknown(value)) return [];
  if (value.length > longest) {
    return [{ property, reason: `must be at most ${longest} characters, got ${value.length}` }];
  }
  return pattern.test(value)
    ? []
    : [{ property, reason: `must be ${says} (${pattern.source}), got ${describe(value)}` }];
}

function keyFailures(map: unknown, path: string): CheckFailure[] {
  if (!isObject(map)) return [];
  return Object.keys(map).flatMap((key) => {
    const property = childPath(path, key);
    const [name = "", prefix, ...more] = key.split("/").reverse();
    const fits = more.length === 0 && name.length <= 63 && qualified.test(name);
    if (!fits || (prefix !== undefined && (prefix.length > 253 || !subdomain.test(prefix)))) {
      return [
        {
          property,
          reason:
            "must be a name of at most 63 characters, with an optional DNS prefix and a slash before it",
        },
      ];
    }
    return [];
  });
}

function labelFailures(labels: unknown): CheckFailure[] {
  if (!isObject(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) =>
    value === ""
      ? []
      : textFailures(value, childPath("metadata.labels", key), qualified, 63, "a label value"),
  );
}
