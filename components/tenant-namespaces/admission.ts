/** Admission policies for the namespaces of tenants, in CEL. Pure. */
import { tenantLabel, tierLabel, tierObject } from "./names.ts";
import type { NamespacesTier } from "./schema.ts";

/** `spec` of a ValidatingAdmissionPolicy. */
export interface Admission {
  readonly failurePolicy: "Fail";
  readonly matchConstraints: {
    readonly namespaceSelector: {
      readonly matchLabels?: Record<string, string>;
      readonly matchExpressions?: { readonly key: string; readonly operator: string }[];
    };
    readonly resourceRules: Matched[];
  };
  readonly validations: { readonly expression: string; readonly message: string }[];
}

interface Matched {
  readonly apiGroups: string[];
  readonly apiVersions: string[];
  readonly operations: string[];
  readonly resources: string[];
}

/** The namespaces of workloads have the label of the tier; those of a tenant's own data services only the tenant's. */
export const ofTenants = { matchExpressions: [{ key: tierLabel, operator: "Exists" }] };

export function rule(
  group: string,
  version: string,
  resource: string,
  operations: readonly string[],
): Matched {
  return {
    apiGroups: [group],
    apiVersions: [version],
    operations: [...operations],
    resources: [resource],
  };
}

/** A label of the namespace of an object, in CEL. */
export const labelOf = (key: string) => `namespaceObject.metadata.labels['${key}']`;

/** For the pods of all tenants. */
export const tenantPods: Admission = {
  failurePolicy: "Fail",
  matchConstraints: {
    namespaceSelector: ofTenants,
    resourceRules: [rule("", "v1", "pods", ["CREATE"])],
  },
  validations: [
    {
      expression: `has(object.spec.priorityClassName) && object.spec.priorityClassName == '${tierObject("")}' + ${labelOf(tierLabel)}`,
      message: `must have the priority class of the tenant's tier: ${tierObject("<tier>")}`,
    },
    {
      expression: `!has(object.spec.tolerations) || object.spec.tolerations.all(t, has(t.key) && t.key != '' && (t.key != '${tenantLabel}' || (has(t.value) && t.value == ${labelOf(tenantLabel)})))`,
      message: "must not tolerate all taints, or the taint of another tenant's nodes",
    },
    {
      expression: "!has(object.spec.nodeName) || object.spec.nodeName == ''",
      message: "must not name its node, which would bypass taints",
    },
  ],
};

/** For the objects of a tier's tenants: how far they scale, and which volumes they have. */
export function tierObjects(
  tier: string,
  { replicas, storageClasses }: Pick<NamespacesTier, "replicas" | "storageClasses">,
): Record<string, Admission> {
  const namespaceSelector = { matchLabels: { [tierLabel]: tier } };
  const changes = ["CREATE", "UPDATE"];
  const replicasOf = (resource: Matched, field: string): Admission => ({
    failurePolicy: "Fail",
    matchConstraints: { namespaceSelector, resourceRules: [resource] },
    validations: [
      {
        expression: `has(object.spec.${field}) && object.spec.${field} <= ${replicas}`,
        message: `must have ${field} of at most ${replicas}, the limit of tier ${tier}`,
      },
    ],
  });
  return {
    autoscalers: replicasOf(
      rule("autoscaling", "*", "horizontalpodautoscalers", changes),
      "maxReplicas",
    ),
    // KEDA's own default is 100.
    "scaled-objects": replicasOf(rule("keda.sh", "*", "scaledobjects", changes), "maxReplicaCount"),
    ...(storageClasses.length > 0 && {
      volumes: {
        failurePolicy: "Fail" as const,
        matchConstraints: {
          namespaceSelector,
          resourceRules: [rule("", "v1", "persistentvolumeclaims", ["CREATE"])],
        },
        validations: [
          {
            expression: `has(object.spec.storageClassName) && object.spec.storageClassName in ${JSON.stringify(storageClasses)}`,
            message: `must have one of the storage classes of tier ${tier}: ${storageClasses.join(", ")}`,
          },
        ],
      },
    }),
  };
}
