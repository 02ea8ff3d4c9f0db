import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { physicalName } from "../core/naming.ts";
import { nameIn } from "../core/place.ts";
import { attributeCondition } from "./subjects.ts";

export interface GcpFederationArgs extends ComponentArgs {
  readonly project: string;
  readonly projectNumber: string;
  /** The purpose of the pool; part of its id. */
  readonly purpose: string;
  /**
   * Increase it to recreate a deleted pool: Google reserves its id for 30 days.
   * @default 1
   */
  readonly edition?: number;
  readonly issuer: string;
  /** The issuer's public keys, when Google cannot reach it. @default read from the issuer */
  readonly jwks?: string;
  /** The accepted subjects; all others are rejected. */
  readonly subjects: readonly string[];
}

/**
 * A workload identity pool with one provider, for tokens of one issuer. One provider per pool, because two providers with the
 * same subject would yield the same identity.
 */
export class GcpFederation extends BlueprintComponent {
  /** The audience of tokens. */
  readonly audience: pulumi.Output<string>;
  readonly #pool: pulumi.Output<string>;

  constructor(name: string, args: GcpFederationArgs, opts?: pulumi.ComponentResourceOptions) {
    const { project, projectNumber, purpose, issuer, jwks, subjects } = args;
    super("identity", "GcpFederation", name, args, { issuer, subjects }, opts);
    const pool = this.#made(args);
    const provider = new gcp.iam.WorkloadIdentityPoolProvider(
      this.named("provider"),
      {
        project,
        workloadIdentityPoolId: pool.workloadIdentityPoolId,
        workloadIdentityPoolProviderId: physicalName("workload-identity-pool", [purpose]),
        displayName: purpose.slice(0, 32),
        // Without `allowedAudiences`, the audience of tokens must be the full name of this provider.
        oidc: { issuerUri: issuer, ...(jwks === undefined ? {} : { jwksJson: jwks }) },
        attributeMapping: { "google.subject": "assertion.sub" },
        attributeCondition: attributeCondition(subjects),
      },
      this.child(),
    );
    this.#pool = pulumi.interpolate`projects/${projectNumber}/locations/global/workloadIdentityPools/${provider.workloadIdentityPoolId}`;
    this.audience = pulumi.interpolate`//iam.googleapis.com/${this.#pool}/providers/${provider.workloadIdentityPoolProviderId}`;
    this.registerOutputs({ audience: this.audience });
  }

  /** The member of IAM policies for a subject. */
  memberOf(subject: string): pulumi.Output<string> {
    return pulumi.interpolate`principal://iam.googleapis.com/${this.#pool}/subject/${subject}`;
  }

  #made({ ownership, project, purpose, issuer, edition = 1 }: GcpFederationArgs) {
    const later = edition === 1 ? [] : [String(edition)];
    return new gcp.iam.WorkloadIdentityPool(
      this.named(),
      {
        project,
        workloadIdentityPoolId: nameIn(ownership, "workload-identity-pool", purpose, ...later),
        displayName: purpose.slice(0, 32),
        description: `Who comes with a token of ${issuer}`.slice(0, 256),
      },
      this.child(),
    );
  }
}
