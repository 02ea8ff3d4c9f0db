import * as kubernetes from "@pulumi/kubernetes";
import type { ChildrenOf } from "../core/component.ts";
import type { Admission } from "./admission.ts";

/** An admission policy and its binding, which denies what the policy refuses. */
export function createAdmission(
  { named, child }: ChildrenOf,
  key: string,
  policyName: string,
  admission: Admission,
): void {
  const policy = new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicy(
    named(key),
    { metadata: { name: policyName }, spec: admission },
    child(),
  );
  new kubernetes.admissionregistration.v1.ValidatingAdmissionPolicyBinding(
    named(`${key}-binding`),
    {
      metadata: { name: policyName },
      spec: { policyName: policy.metadata.name, validationActions: ["Deny"] },
    },
    child(),
  );
}
