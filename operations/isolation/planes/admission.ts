/** Admission: policies of the API server bind pods of tenants to their tier and their nodes. */
import { tenantLabel } from "../../../components/tenant-namespaces/names.ts";
import type { Plain } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, list, record, text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import { selects } from "../selectors.ts";
import { type CellView, labelledTenant, type NamespaceView } from "../view.ts";

export const admission: Plane = {
  id: "ISO3",
  title: "Pods of tenants are admitted only with their own priority and for their own nodes",
  remedy:
    "keep the admission policies for pods of tenants, bound with Deny, and the labels of tenants' namespaces",
  find,
};

/**
 * What pods of tenants must be refused for. An expression counts if it has exactly this form, with other names and quotes: a proof does
 * not guess what another one means.
 */
const guards: readonly { readonly what: string; readonly form: RegExp }[] = [
  {
    what: "another tier's priority",
    form: /^has\(object\.spec\.priorityClassName\) && object\.spec\.priorityClassName == '[a-z-]+' \+ namespaceObject\.metadata\.labels\['[\w./-]+'\]$/,
  },
  {
    what: "the taints of other tenants' nodes",
    form: new RegExp(
      `^!has\\(object\\.spec\\.tolerations\\) \\|\\| object\\.spec\\.tolerations\\.all\\(t, has\\(t\\.key\\) && t\\.key != '' && \\(t\\.key != '${tenantLabel}' \\|\\| \\(has\\(t\\.value\\) && t\\.value == namespaceObject\\.metadata\\.labels\\['${tenantLabel}'\\]\\)\\)\\)$`,
    ),
  },
  {
    what: "a node by its name",
    form: /^!has\(object\.spec\.nodeName\) \|\| object\.spec\.nodeName == ''$/,
  },
];

interface Policy {
  readonly name: string;
  readonly expressions: readonly string[];
  readonly selector: unknown;
}

function find(view: CellView, paths: Paths): void {
  const policies = enforcedForPods(view);
  for (const namespace of view.namespaces) {
    const { tenant, object, name, labels } = namespace;
    if (tenant === undefined || object === undefined) continue;
    const add = (can: string, because: string) =>
      paths.add({
        key: `${can}\n${because.replaceAll(name, "")}`,
        from: tenant,
        to: view.everyoneBut(tenant),
        resource: object.resource,
        steps: () => [{ principal: `pods of ${name}`, can, because }],
      });
    const applied = policies.filter(({ selector }) => selects(selector, labels));
    const expressions = applied.flatMap((policy) => policy.expressions);
    const guarded = view.isForWorkloads(namespace) ? guards : [];
    for (const { what, form } of guarded)
      if (!expressions.some((each) => form.test(each.trim())))
        add(`are admitted with ${what}`, "no admission policy that denies applies to them");
    const wrong = wrongLabels(namespace);
    if (wrong !== undefined) add("are not bound to their tenant", wrong);
    if (labels["pod-security.kubernetes.io/enforce"] !== "restricted")
      add(
        "run with the rights of their node",
        "the namespace does not enforce the restricted pod security standard",
      );
  }
}

function wrongLabels(namespace: NamespaceView): string | undefined {
  const found = labelledTenant(namespace);
  if (found === namespace.tenant) return undefined;
  return found === undefined
    ? `the namespace has no label ${tenantLabel}`
    : `the namespace's label ${tenantLabel} is another tenant's`;
}

/** The policies that refuse new pods. */
function enforcedForPods(view: CellView): Policy[] {
  const bindings = view.objects("ValidatingAdmissionPolicyBinding").filter(({ inputs }) => {
    const spec = record(inputs.spec);
    return (
      texts(spec.validationActions).includes("Deny") &&
      // A binding for some resources leaves out others.
      spec.matchResources === undefined
    );
  });
  const bound = new Set(bindings.map(({ inputs }) => text(at(inputs, "spec", "policyName"))));
  return view.objects("ValidatingAdmissionPolicy").flatMap(({ name, inputs }) => {
    const spec = record(inputs.spec);
    const constraints = record(spec.matchConstraints);
    const coversPods = list(constraints.resourceRules).map(record).some(isForNewPods);
    // With "Ignore", an expression that fails admits the pod.
    const strict = spec.failurePolicy === undefined || spec.failurePolicy === "Fail";
    const unconditional =
      list(spec.matchConditions).length === 0 &&
      list(constraints.excludeResourceRules).length === 0 &&
      constraints.objectSelector === undefined;
    if (!bound.has(name) || !coversPods || !strict || !unconditional) return [];
    const expressions = list(spec.validations).map((each) => text(record(each).expression) ?? "");
    return [{ name, expressions, selector: constraints.namespaceSelector }];
  });
}

function isForNewPods({ apiGroups, resources, operations, resourceNames }: Plain): boolean {
  const covers = (values: unknown, wanted: string) =>
    texts(values).some((value) => value === wanted || value === "*");
  return (
    covers(apiGroups, "") &&
    covers(resources, "pods") &&
    covers(operations, "CREATE") &&
    list(resourceNames).length === 0
  );
}
