/** The admission policy for pods of tenants with nodes of their own, in CEL. Pure. */
import { type Admission, labelOf, rule } from "../tenant-namespaces/admission.ts";
import { tenantLabel, tierLabel } from "../tenant-namespaces/names.ts";

/**
 * The tenant's pods must run on its nodes: they select them, and tolerate their taint. Another policy refuses to tolerate the taint of
 * another tenant, and to name a node.
 */
export function onOwnNodes(tier: string): Admission {
  const tenant = labelOf(tenantLabel);
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      namespaceSelector: { matchLabels: { [tierLabel]: tier } },
      resourceRules: [rule("", "v1", "pods", ["CREATE"])],
    },
    validations: [
      {
        expression: `has(object.spec.nodeSelector) && '${tenantLabel}' in object.spec.nodeSelector && object.spec.nodeSelector['${tenantLabel}'] == ${tenant}`,
        message: `must have nodeSelector ${tenantLabel}: <tenant>: tier ${tier} has nodes of its own`,
      },
      {
        expression: `has(object.spec.tolerations) && object.spec.tolerations.exists(t, has(t.key) && t.key == '${tenantLabel}' && has(t.value) && t.value == ${tenant})`,
        message: `must tolerate the taint ${tenantLabel}=<tenant> of the tenant's nodes`,
      },
    ],
  };
}
