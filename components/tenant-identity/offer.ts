/** What the sections of a tenant offer to its services in the cloud: permissions, as pure functions. */
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "../core/iam.ts";
import type { GcpRole } from "../section/grant.ts";
import type { TenantBuiltOn, TenantContext, TenantSection } from "../section/tenant-section.ts";
import type { TenantService } from "../tenant-namespaces/services.ts";

/** The permissions of a service on Google Cloud. */
export interface GcpOffer {
  readonly roles: readonly GcpRole[];
  /** The Cloud SQL instances that the service becomes a user of, by a key of your choice. @default none */
  readonly sqlUsers?: Readonly<Record<string, SqlUser>>;
}

/** A service as a user of a Cloud SQL instance. */
export interface SqlUser {
  readonly instance: pulumi.Input<string>;
  /** The groups of PostgreSQL that it is a member of. @default none */
  readonly groups?: readonly string[];
}

/** Where permissions apply. */
export interface AwsPlace {
  readonly account: string;
  readonly region: string;
}

/** A section that grants something to services. `OnAws` and `OnGcp` are its components. */
export interface TenantOffer<OnAws = never, OnGcp = never> {
  readonly section: TenantSection;
  /** The services with permissions, as in the manifest: `web/storefront`. Known before anything exists, to be counted. */
  services(tenant: TenantContext): readonly string[];
  /**
   * Whether the role that pods of all tenants share permits exactly this, by their namespace.
   * @default no: the service has a role of its own
   */
  byNamespace?(tenant: TenantContext, service: TenantService): boolean;
  /** Statements on resources of the tenant alone, without wildcards in actions. @default nothing */
  aws?(built: OnAws, service: TenantService, place: AwsPlace): Statement[];
  /** Whether a service needs a service account, because the cloud service does not support federated identities. @default no */
  gcpAccount?(tenant: TenantContext, service: TenantService): boolean;
  gcp?(built: OnGcp, service: TenantService): GcpOffer;
}

/** Declares what a section offers. */
export function defineTenantOffer<S extends TenantSection>(
  section: S,
  offer: Omit<TenantOffer<TenantBuiltOn<S, "aws">, TenantBuiltOn<S, "gcp">>, "section">,
): TenantOffer<TenantBuiltOn<S, "aws">, TenantBuiltOn<S, "gcp">> {
  return { ...offer, section };
}
