/** Lists of built-in objects whose items must differ in some fields. */
import { objectProperties } from "../check.ts";
import type { CheckFailure } from "../check-failure.ts";
import type { ResourceSchema, Shape } from "../shape.ts";
import { repeatedKeys } from "../structural/keys.ts";
import { childPath, isObject } from "../value.ts";

const container: Readonly<Record<string, readonly string[]>> = {
  env: ["name"],
  ports: ["containerPort", "protocol"],
  volumeDevices: ["devicePath"],
  volumeMounts: ["mountPath"],
};

/**
 * By the type's name. Source: `x-kubernetes-list-map-keys` in the OpenAPI document of Kubernetes 1.36, which the installed schemas do
 * not have.
 */
const keysByType: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  IoK8sApiAdmissionregistrationV1MutatingWebhookConfiguration: { webhooks: ["name"] },
  IoK8sApiAdmissionregistrationV1ValidatingWebhookConfiguration: { webhooks: ["name"] },
  IoK8sApiCoreV1Container: container,
  IoK8sApiCoreV1EphemeralContainer: container,
  IoK8sApiCoreV1PodSpec: {
    containers: ["name"],
    ephemeralContainers: ["name"],
    hostAliases: ["ip"],
    imagePullSecrets: ["name"],
    initContainers: ["name"],
    resourceClaims: ["name"],
    schedulingGates: ["name"],
    topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
    volumes: ["name"],
  },
  IoK8sApiCoreV1ServiceSpec: { ports: ["port", "protocol"] },
};

/** Defaults of keys that are not set. */
const defaults: Readonly<Record<string, string>> = { protocol: "TCP" };

/** Items of lists with the same keys, which an API server refuses in an apply. */
export function checkListKeys(
  ref: string,
  types: ResourceSchema["types"],
  value: unknown,
  path = "",
): CheckFailure[] {
  if (!isObject(value)) return [];
  const properties = objectProperties({ ref }, types);
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = childPath(path, name);
    const keys = keysByType[ref]?.[name];
    const shape = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
    const twins =
      keys && Array.isArray(inner) ? repeatedKeys(keys, inner, at, (key) => defaults[key]) : [];
    return [...twins, ...(shape === undefined ? [] : below(shape, types, inner, at))];
  });
}

function below(
  shape: Shape,
  types: ResourceSchema["types"],
  value: unknown,
  path: string,
): CheckFailure[] {
  if (typeof shape === "string") return [];
  if ("ref" in shape) return checkListKeys(shape.ref, types, value, path);
  if (!("array" in shape) || !Array.isArray(value)) return [];
  return value.flatMap((item, index) => below(shape.array, types, item, childPath(path, index)));
}
