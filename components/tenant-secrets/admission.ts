/** The admission policy for the ExternalSecrets of tenants, in CEL. Pure. */
import { type Admission, labelOf, ofTenants, rule } from "../tenant-namespaces/admission.ts";
import { tenantLabel, tenantObject } from "../tenant-namespaces/names.ts";

const without = (list: string, field: string) =>
  `(!has(object.spec.${list}) || object.spec.${list}.all(d, !has(d.${field})))`;

/**
 * A tenant's pipeline writes ExternalSecrets, and the operator acts for it with more rights than it has. The conditions of stores keep
 * tenants apart; this policy refuses the other ways: stores by entry, generators, objects other than secrets, and secrets that
 * Kubernetes fills with the token of a service account.
 */
export const tenantExternalSecrets: Admission = {
  failurePolicy: "Fail",
  matchConstraints: {
    namespaceSelector: ofTenants,
    resourceRules: [rule("external-secrets.io", "*", "externalsecrets", ["CREATE", "UPDATE"])],
  },
  validations: [
    {
      expression: `has(object.spec.secretStoreRef) && has(object.spec.secretStoreRef.kind) && object.spec.secretStoreRef.kind == 'ClusterSecretStore' && has(object.spec.secretStoreRef.name) && object.spec.secretStoreRef.name == '${tenantObject("")}' + ${labelOf(tenantLabel)}`,
      message: `must have secretStoreRef {kind: ClusterSecretStore, name: ${tenantObject("<id>")}}, the tenant's own store`,
    },
    {
      expression: `${without("data", "sourceRef")} && ${without("dataFrom", "sourceRef")}`,
      message: "must not have sourceRef, which names another store or a generator",
    },
    {
      expression:
        "!has(object.spec.target) || (!has(object.spec.target.manifest) && (!has(object.spec.target.template) || !has(object.spec.target.template.type) || object.spec.target.template.type != 'kubernetes.io/service-account-token'))",
      message: "must create a secret, and none for the token of a service account",
    },
  ],
};
