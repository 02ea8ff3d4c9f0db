import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { workloadPrincipal } from "../identity/gcp.ts";
import { GcpMember } from "../identity/gcp-member.ts";
import { serviceOf, type TenantService } from "../tenant-namespaces/services.ts";
import type { GcpOffer, SqlUser } from "./offer.ts";
import {
  type GcpTenantIdentityInput,
  type GcpTenantIdentitySpec,
  gcpTenantIdentitySpec,
} from "./schema.ts";

export interface GcpTenantIdentityArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpTenantIdentityInput;
  /** What the tenant's sections grant each service: `web/storefront`. */
  readonly offers: Readonly<Record<string, readonly GcpOffer[]>>;
  readonly cluster: { readonly provider: kubernetes.Provider };
}

/**
 * The identities of a tenant's services by Workload Identity Federation for GKE: roles on resources of the tenant for the pods of one
 * service account. Only for cloud services that do not support it, a service account of Google Cloud.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantIdentity extends BlueprintComponent {
  /** Members of IAM policies by service, known after their roles are granted. */
  readonly principals: Readonly<Record<string, pulumi.Output<string>>>;
  readonly #spec: GcpTenantIdentitySpec;

  constructor(name: string, args: GcpTenantIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantIdentitySpec, args.spec, name);
    super("tenant-identity", "GcpTenantIdentity", name, args, { spec }, opts);
    this.#spec = spec;
    this.principals = Object.fromEntries(
      Object.entries(spec.services).map(([key, identity]) => {
        const service = serviceOf(spec.tenant, key);
        const { [key]: offers = [] } = args.offers;
        const account = identity === "account" ? this.#account(args, service, offers) : undefined;
        const { member } = new GcpMember(
          this.named(key),
          {
            ownership: args.ownership,
            retain: this.retain,
            project: spec.project,
            member: account?.member ?? workloadPrincipal(spec, service),
            roles: offers.flatMap(({ roles }) => roles),
          },
          this.child(),
        );
        return [key, member];
      }),
    );
    this.registerOutputs({ principals: this.principals });
  }

  /** A service account without keys, which only these pods may impersonate. */
  #account(
    { ownership, cluster }: GcpTenantIdentityArgs,
    service: TenantService,
    offers: readonly GcpOffer[],
  ): gcp.serviceaccount.Account {
    const { project, projectNumber } = this.#spec;
    const { name: key, space, namespace, serviceAccount } = service;
    const account = new gcp.serviceaccount.Account(
      this.named(`${key}-account`),
      {
        project,
        accountId: nameIn(ownership, "gcp-service-account", `${space}--${serviceAccount}`),
        displayName: `Service ${key}`,
        description: `${namespace}/${serviceAccount}`,
      },
      this.child(),
    );
    new gcp.serviceaccount.IAMMember(
      this.named(`${key}-account-pods`),
      {
        serviceAccountId: account.name,
        role: "roles/iam.workloadIdentityUser",
        member: workloadPrincipal({ project, projectNumber }, service),
      },
      this.child(),
    );
    new kubernetes.core.v1.ServiceAccountPatch(
      this.named(`${key}-annotation`),
      {
        metadata: {
          name: serviceAccount,
          namespace,
          annotations: { "iam.gke.io/gcp-service-account": account.email },
        },
      },
      this.child({ provider: cluster.provider }),
    );
    for (const { sqlUsers = {} } of offers) {
      for (const [instance, user] of Object.entries(sqlUsers))
        this.#databaseUser(`${key}-user-${instance}`, user, account.email);
    }
    return account;
  }

  /** The account as a user of a database, with the permissions of its groups. */
  #databaseUser(key: string, user: SqlUser, email: pulumi.Output<string>): void {
    const { instance, groups = [] } = user;
    new gcp.sql.User(
      this.named(key),
      {
        project: this.#spec.project,
        instance,
        // PostgreSQL limits the length: the email without its suffix.
        name: email.apply((whole) => whole.replace(/\.gserviceaccount\.com$/, "")),
        type: "CLOUD_IAM_SERVICE_ACCOUNT",
        ...(groups.length > 0 && { databaseRoles: [...groups] }),
        // PostgreSQL cannot drop users that own objects or have roles; without its IAM role the user cannot log in.
        deletionPolicy: "ABANDON",
      },
      this.child(),
    );
  }
}
