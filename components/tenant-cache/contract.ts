import type * as pulumi from "@pulumi/pulumi";

/** The common interface of a tenant's cache on every cloud. Clients always need TLS. */
export interface TenantCache {
  /** Host for writes, or the configuration endpoint of a cluster. */
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  /** Whether clients must use the cluster protocol. */
  readonly clustered: pulumi.Output<boolean> | boolean;
  /** What its keys and channels begin with: required with `isolation: pool`, and the same in every isolation. */
  readonly prefix: string;
  /** The services of the tenant that connect to it: `web/storefront`. */
  readonly services: readonly string[];
  /** The user to authenticate as. Undefined on Google Cloud, where IAM principals are users. */
  readonly user?: pulumi.Output<string>;
  /** On AWS, the cache and the user for IAM statements. */
  readonly arns?: { readonly cache: pulumi.Output<string>; readonly user: pulumi.Output<string> };
  /** On Google Cloud, `projects/<project>/locations/<region>/instances/<id>` for the condition of the connecting role. */
  readonly instance?: pulumi.Output<string>;
  /** PEM certificates of the authorities that clients must trust, where they are not public. */
  readonly certificateAuthorities?: pulumi.Output<string[]>;
  /** On-premises, the secret in the tenant's namespaces with the password and the CA certificate. */
  readonly secret?: pulumi.Output<string>;
}
