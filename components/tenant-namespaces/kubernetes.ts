import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { IsolatedNamespace } from "../core/isolated-namespace.ts";
import { parseSpec } from "../core/spec.ts";
import {
  namespaceOf,
  serviceLabel,
  tenantLabel,
  tenantObject,
  tierLabel,
  tierObject,
} from "./names.ts";
import { policiesOf } from "./network-policies.ts";
import { limitsOf, quotasOf } from "./quota.ts";
import { tenantRoles } from "./roles.ts";
import { type NamespacesInput, type NamespacesSpec, namespacesSpec } from "./schema.ts";

export interface TenantNamespacesArgs extends ComponentArgs {
  /** What the tier and the tenant say about its namespaces; see schema.ts. */
  readonly spec: NamespacesInput;
  /** The cluster of the cell. */
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The namespaces of a tenant on every cloud: quota, limits, network policies in both directions, roles without escalation, service
 * accounts, disruption budgets, and the priority of its API requests. The tenant holds no verb on any of these.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class TenantNamespaces extends BlueprintComponent {
  /** The namespaces by their names in the manifest, known after their policies are created. */
  readonly namespaces: Readonly<Record<string, pulumi.Output<string>>>;
  /** The service accounts by namespace and service: `web/storefront`. */
  readonly serviceAccounts: Readonly<Record<string, pulumi.Output<string>>>;
  readonly spec: NamespacesSpec;

  constructor(
    name: string,
    args: TenantNamespacesArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ) {
    const spec = parseSpec(namespacesSpec, args.spec, name);
    super(
      "tenant-namespaces",
      "TenantNamespaces",
      name,
      args,
      { spec },
      {
        ...opts,
        providers: { ...opts.providers, kubernetes: args.cluster.provider },
      },
    );
    this.spec = spec;
    const policies = policiesOf(spec);
    const quotas = quotasOf(spec);
    const made = Object.keys(spec.settings.spaces).map((space) => {
      const namespace = new IsolatedNamespace(
        this.named(space),
        {
          ownership: args.ownership,
          retain: this.retain,
          noun: "tenant-namespaces",
          namespace: namespaceOf(spec.tenant, space),
          labels: { [tenantLabel]: spec.tenant, [tierLabel]: spec.tier },
          policies: policies[space] ?? {},
        },
        this.child(),
      );
      this.#quota(space, namespace.name, quotas[space] ?? {});
      this.#roles(space, namespace.name);
      return [space, namespace.name] as const;
    });
    this.namespaces = Object.fromEntries(made);
    this.serviceAccounts = this.#services();
    this.#priority();
    this.registerOutputs({ namespaces: this.namespaces });
  }

  #quota(space: string, namespace: pulumi.Output<string>, hard: Record<string, string>): void {
    new kubernetes.core.v1.ResourceQuota(
      this.named(`${space}-quota`),
      { metadata: { name: "tenant", namespace }, spec: { hard } },
      this.child(),
    );
    new kubernetes.core.v1.LimitRange(
      this.named(`${space}-limits`),
      { metadata: { name: "tenant", namespace }, spec: { limits: limitsOf(this.spec.quota) } },
      this.child(),
    );
  }

  #roles(space: string, namespace: pulumi.Output<string>): void {
    for (const key of ["operator", "ci"] as const) {
      const { settings } = this.spec;
      const subjects = key === "ci" ? settings.ci : settings.operators;
      if (subjects === undefined) continue;
      const role = new kubernetes.rbac.v1.Role(
        this.named(`${space}-${key}`),
        { metadata: { name: `tenant-${key}`, namespace }, rules: [...tenantRoles[key]] },
        this.child(),
      );
      const apiGroup = "rbac.authorization.k8s.io";
      new kubernetes.rbac.v1.RoleBinding(
        this.named(`${space}-${key}-binding`),
        {
          metadata: { name: `tenant-${key}`, namespace },
          roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
          subjects: [
            ...subjects.groups.map((name) => ({ apiGroup, kind: "Group", name })),
            ...subjects.users.map((name) => ({ apiGroup, kind: "User", name })),
          ],
        },
        this.child(),
      );
    }
  }

  #services(): Record<string, pulumi.Output<string>> {
    const accounts: Record<string, pulumi.Output<string>> = {};
    for (const [space, { services }] of Object.entries(this.spec.settings.spaces)) {
      const namespace = this.namespaces[space] as pulumi.Output<string>;
      for (const [service, { maxUnavailable }] of Object.entries(services)) {
        const account = new kubernetes.core.v1.ServiceAccount(
          this.named(`${space}-${service}`),
          { metadata: { name: service, namespace }, automountServiceAccountToken: false },
          this.child(),
        );
        new kubernetes.policy.v1.PodDisruptionBudget(
          this.named(`${space}-${service}-budget`),
          {
            metadata: { name: service, namespace },
            spec: { maxUnavailable, selector: { matchLabels: { [serviceLabel]: service } } },
          },
          this.child(),
        );
        accounts[`${space}/${service}`] = account.metadata.name;
      }
    }
    return accounts;
  }

  /** Its service accounts share the API server with the other tenants of the tier, fairly by namespace. */
  #priority(): void {
    const { tenant, tier } = this.spec;
    const namespaces = Object.values(this.namespaces);
    new kubernetes.flowcontrol.v1.FlowSchema(
      this.named("requests"),
      {
        metadata: { name: tenantObject(tenant) },
        spec: {
          priorityLevelConfiguration: { name: tierObject(tier) },
          // Before "service-accounts" (9000), after the system's own.
          matchingPrecedence: 8000,
          distinguisherMethod: { type: "ByNamespace" },
          rules: [
            {
              subjects: namespaces.map((namespace) => ({
                kind: "ServiceAccount",
                serviceAccount: { namespace, name: "*" },
              })),
              resourceRules: [
                {
                  verbs: ["*"],
                  apiGroups: ["*"],
                  resources: ["*"],
                  namespaces: ["*"],
                  clusterScope: true,
                },
              ],
              nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
            },
          ],
        },
      },
      this.child(),
    );
  }
}
