import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import type { GrantKind } from "../section/grant.ts";
import { AwsFederatedRole } from "./aws-federated-role.ts";
import { type AwsReferences, longestStatements, workloadStatements } from "./aws-statements.ts";
import { awsAudience } from "./aws-trust.ts";
import type { IdentityContract } from "./contract.ts";
import { GcpFederation } from "./gcp-federation.ts";
import { GcpMember } from "./gcp-member.ts";
import { type GcpReferences, workloadRoles } from "./gcp-roles.ts";
import { grantablesWith } from "./grant-schema.ts";
import {
  type OnpremIdentityInput,
  type OnpremIdentitySpec,
  onpremIdentitySpecWith,
} from "./onprem-schema.ts";
import { refuseMissing, refuseMissingOnGcp, refuseUnsafe } from "./refusals.ts";
import { serviceAccountSubject } from "./subjects.ts";

export interface OnpremIdentityArgs extends ComponentArgs {
  /** `identity` of the cell's manifest with the grantable resources; see onprem-schema.ts. */
  readonly spec: OnpremIdentityInput;
  /** The granted resources of each cloud. @default none */
  readonly references?: { readonly aws?: AwsReferences; readonly gcp?: GcpReferences };
  /** The kinds of grants of a repository's own sections. @default none */
  readonly kinds?: readonly GrantKind[];
}

/**
 * The cloud identities of an on-premises cluster's workloads: service account tokens are exchanged for an AWS role, or for a
 * principal of a Google workload identity pool, one per workload. No key is stored.
 *
 * A workload's pod mounts a projected service account token for `awsAudience` or `gcpAudience`.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremIdentity extends BlueprintComponent implements IdentityContract {
  readonly cloud = "onprem";
  /** ARNs of AWS roles; `members` has Google's principals. */
  readonly principals: IdentityContract["principals"];
  /** Members of Google IAM policies, by workload. */
  readonly members: NonNullable<IdentityContract["members"]>;
  readonly awsAudience = awsAudience;
  /** Audience of tokens for Google; undefined when no workload accesses Google. */
  readonly gcpAudience: pulumi.Output<string> | undefined;

  constructor(name: string, args: OnpremIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const kinds = grantablesWith(args.kinds);
    const spec = parseSpec(onpremIdentitySpecWith(kinds), args.spec, name);
    refuseMissing(name, granting(spec, "aws"), args.references?.aws ?? {}, kinds);
    refuseMissingOnGcp(name, granting(spec, "gcp"), args.references?.gcp ?? {});
    refuseUnsafe(name, statementsOf(args, spec));
    // The resources of target cells are only for the checks above: if recorded, a change in those cells would change this one.
    const { resources: _resources, ...recorded } = spec;
    super("identity", "OnpremIdentity", name, args, { spec: recorded }, opts);
    this.principals = this.#onAws(args, spec);
    const google = this.#onGoogle(args, spec);
    this.members = google.members;
    this.gcpAudience = google.audience;
    this.registerOutputs({ principals: this.principals, members: this.members });
  }

  #onAws(args: OnpremIdentityArgs, spec: OnpremIdentitySpec): IdentityContract["principals"] {
    const { aws: target, issuer } = spec;
    const workloads = Object.entries(spec.workloads).filter(([, { aws }]) => aws.length > 0);
    if (!target || workloads.length === 0) return {};
    const statements = statementsOf(args, spec);
    const provider = new aws.iam.OpenIdConnectProvider(
      this.named("issuer"),
      { url: issuer, clientIdLists: [awsAudience] },
      this.child(),
    );
    return Object.fromEntries(
      workloads.map(([key, workload]) => {
        const { namespace, serviceAccount } = workload;
        const role = new AwsFederatedRole(
          this.named(`aws-${key}`),
          {
            ownership: args.ownership,
            retain: this.retain,
            account: target.account,
            roleName: nameIn(args.ownership, "iam-role", "workload", key),
            description: `${namespace}/${serviceAccount} of ${issuer}`.slice(0, 1000),
            providerArn: provider.arn,
            issuer,
            subject: serviceAccountSubject(workload),
            statements: statements[key] ?? [],
            longest: longestStatements(
              key,
              workload.aws,
              target,
              grantablesWith(args.kinds),
            ).flat(),
          },
          this.child(),
        );
        return [key, role.arn];
      }),
    );
  }

  #onGoogle(args: OnpremIdentityArgs, spec: OnpremIdentitySpec) {
    const { gcp: target, issuer } = spec;
    const workloads = Object.entries(spec.workloads).filter(([, { gcp }]) => gcp.length > 0);
    if (!target || workloads.length === 0) return { members: {}, audience: undefined };
    const { project, projectNumber, jwks, edition } = target;
    const common = { ownership: args.ownership, retain: this.retain, project };
    const federation = new GcpFederation(
      this.named("gcp"),
      {
        ...common,
        projectNumber,
        purpose: "workloads",
        edition,
        issuer,
        ...(jwks === undefined ? {} : { jwks }),
        subjects: workloads.map(([, workload]) => serviceAccountSubject(workload)),
      },
      this.child(),
    );
    const members = workloads.map(([key, workload]) => {
      const { member } = new GcpMember(
        this.named(`gcp-${key}`),
        {
          ...common,
          member: federation.memberOf(serviceAccountSubject(workload)),
          roles: workloadRoles(
            workload.gcp,
            args.references?.gcp ?? {},
            target,
            grantablesWith(args.kinds),
          ),
        },
        this.child(),
      );
      return [key, member] as const;
    });
    return { members: Object.fromEntries(members), audience: federation.audience };
  }
}

/** The AWS statements of each workload. */
function statementsOf(
  { references, kinds }: OnpremIdentityArgs,
  { aws, workloads }: OnpremIdentitySpec,
): Record<string, Statement[]> {
  if (!aws) return {};
  return Object.fromEntries(
    Object.entries(workloads).map(([key, { aws: grants }]) => [
      key,
      workloadStatements(key, grants, references?.aws ?? {}, aws, grantablesWith(kinds)),
    ]),
  );
}

/** The grants of each workload in one cloud. */
function granting<Key extends "aws" | "gcp">(spec: OnpremIdentitySpec, cloud: Key) {
  return Object.fromEntries(
    Object.entries(spec.workloads).map(([key, workload]) => [key, { grants: workload[cloud] }]),
  );
}
