import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { GrantKind } from "../section/grant.ts";
import type { IdentityContract } from "./contract.ts";
import { GcpMember } from "./gcp-member.ts";
import { type GcpReferences, sqlInstanceOf, workloadRoles } from "./gcp-roles.ts";
import { type GcpIdentityInput, type GcpIdentitySpec, gcpIdentitySpecWith } from "./gcp-schema.ts";
import { grantablesWith } from "./grant-schema.ts";
import { refuseMissingOnGcp } from "./refusals.ts";

export interface GcpIdentityArgs extends ComponentArgs {
  /**
   * `identity` of the cell's manifest with cloud, project, its number, region and the cell's declared resources; see
   * gcp-schema.ts.
   */
  readonly spec: GcpIdentityInput;
  /** The granted resources. */
  readonly references: GcpReferences;
  /** The kinds of grants of a repository's own sections. @default none */
  readonly kinds?: readonly GrantKind[];
}

/**
 * The identities of a cell's workloads by Workload Identity Federation for GKE: roles on single resources for the pods of one
 * service account. All clusters of a project share its pool, so the same service account in another cluster is the same
 * identity: use separate projects for clusters that do not trust each other.
 *
 * Register the component after the cluster (`dependsOn`): the pool exists after a project has its first cluster.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpIdentity extends BlueprintComponent implements IdentityContract {
  readonly cloud = "gcp";
  readonly principals: IdentityContract["principals"];
  /** Emails of the workloads' service accounts, for the annotation `iam.gke.io/gcp-service-account`. */
  readonly accounts: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: GcpIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const kinds = grantablesWith(args.kinds);
    const spec = parseSpec(gcpIdentitySpecWith(kinds), args.spec, name);
    refuseMissingOnGcp(name, spec.workloads, args.references);
    super("identity", "GcpIdentity", name, args, { spec }, opts);
    const accounts = Object.entries(spec.workloads)
      .filter(([, { account }]) => account)
      .map(([key]) => [key, this.#account(args, spec, key)] as const);
    this.accounts = Object.fromEntries(accounts.map(([key, { email }]) => [key, email]));
    for (const [key, { email }] of accounts) this.#databaseUsers(args, spec, key, email);
    this.principals = this.#members(args, spec, Object.fromEntries(accounts));
    this.registerOutputs({ principals: this.principals, accounts: this.accounts });
  }

  #members(
    { ownership, references, kinds }: GcpIdentityArgs,
    spec: GcpIdentitySpec,
    accounts: Readonly<Record<string, gcp.serviceaccount.Account>>,
  ): IdentityContract["principals"] {
    return Object.fromEntries(
      Object.entries(spec.workloads).map(([key, workload]) => {
        const { member } = new GcpMember(
          this.named(key),
          {
            ownership,
            retain: this.retain,
            project: spec.project,
            member: accounts[key]?.member ?? workloadPrincipal(spec, workload),
            roles: workloadRoles(workload.grants, references, spec, grantablesWith(kinds)),
          },
          this.child(),
        );
        return [key, member];
      }),
    );
  }

  /** The account as a user of its databases; permissions are granted by SQL. */
  #databaseUsers(
    { references, kinds }: GcpIdentityArgs,
    { project, workloads }: GcpIdentitySpec,
    key: string,
    email: pulumi.Output<string>,
  ): void {
    for (const grant of workloads[key]?.grants ?? []) {
      const instance = sqlInstanceOf(grant, references, grantablesWith(kinds));
      if (instance === undefined) continue;
      new gcp.sql.User(
        this.named(`${key}-user-${grant.name}`),
        {
          project,
          instance,
          // PostgreSQL limits the length: the email without its suffix.
          name: email.apply((whole) => whole.replace(/\.gserviceaccount\.com$/, "")),
          type: "CLOUD_IAM_SERVICE_ACCOUNT",
          // PostgreSQL cannot drop users that own objects or have roles; without its IAM role the user cannot log in.
          deletionPolicy: "ABANDON",
        },
        this.child(),
      );
    }
  }

  /** A service account without keys, which only these pods may impersonate. */
  #account(
    { ownership }: GcpIdentityArgs,
    spec: GcpIdentitySpec,
    key: string,
  ): gcp.serviceaccount.Account {
    const workload = spec.workloads[key] as GcpIdentitySpec["workloads"][string];
    const account = new gcp.serviceaccount.Account(
      this.named(`${key}-account`),
      {
        project: spec.project,
        accountId: nameIn(ownership, "gcp-service-account", key),
        displayName: `Workload ${key}`,
        description: `${workload.namespace}/${workload.serviceAccount}`,
      },
      this.child(),
    );
    new gcp.serviceaccount.IAMMember(
      this.named(`${key}-account-pods`),
      {
        serviceAccountId: account.name,
        role: "roles/iam.workloadIdentityUser",
        member: workloadPrincipal(spec, workload),
      },
      this.child(),
    );
    return account;
  }
}

/** The pods of one service account. Source: "About Workload Identity Federation for GKE", principal identifiers. */
export function workloadPrincipal(
  { project, projectNumber }: { readonly project: string; readonly projectNumber: string },
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
): string {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${serviceAccount}`;
}
