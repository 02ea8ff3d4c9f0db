/** What workloads can be granted: a kind of resource, the fields of a grant, and what each cloud's IAM takes for it. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";

/** Where a grant on AWS applies, and whom it is for. */
export interface AwsGrantee {
  readonly account: string;
  readonly region: string;
  /** The workload's key. */
  readonly workload: string;
}

/** A kind of grant on AWS. `Reference` is what IAM needs to know of the resource. */
export interface AwsGrantKind<Schema extends z.ZodType = z.ZodType, Reference = never> {
  /** A strict object with the literal `kind`, the resource's `name`, and the verbs `may`. */
  readonly schema: Schema;
  /** The fewest actions that do what the verbs say, on the one resource. */
  statements(grant: z.output<Schema>, reference: Reference, grantee: AwsGrantee): Statement[];
  /** What of the resource the grant names and the reference lacks: `user "app" of cache "main"`. @default nothing */
  missing?(grant: z.output<Schema>, reference: Reference): string | undefined;
}

/** One role of Google on one resource. */
export interface GcpRole {
  /** Unique in its grant; part of the name of the resource. */
  readonly key: string;
  readonly role: string;
  readonly on:
    | { readonly kind: "bucket"; readonly bucket: pulumi.Input<string> }
    | { readonly kind: "key"; readonly cryptoKeyId: pulumi.Input<string> }
    | { readonly kind: "secret"; readonly secretId: pulumi.Input<string> }
    | {
        readonly kind: "other";
        /** Type token of the resource that binds a member, such as `gcp:pubsub/topicIAMMember:TopicIAMMember`. */
        readonly type: string;
        /** Its inputs but for the role and the member. */
        readonly inputs: Readonly<Record<string, pulumi.Input<string>>>;
      }
    | { readonly kind: "project" };
  readonly condition?: {
    readonly title: string;
    readonly expression: pulumi.Input<string>;
  };
}

/** A kind of grant on Google Cloud. */
export interface GcpGrantKind<Schema extends z.ZodType = z.ZodType, Reference = never> {
  readonly schema: Schema;
  /** The narrowest roles that Google has for the verbs, on the one resource. */
  roles(grant: z.output<Schema>, reference: Reference, at: { readonly project: string }): GcpRole[];
  /**
   * Whether the resource lets in service accounts only: a workload then needs `account: true`, and federated identities cannot
   * have the grant.
   * @default false
   */
  readonly accountOnly?: boolean;
  /** Whether the workload becomes a user of this Cloud SQL instance. @default it does not */
  sqlInstance?(reference: Reference): pulumi.Input<string>;
}

/** A kind of resource that workloads can be granted. */
export interface GrantKind<
  Kind extends string = string,
  Aws extends AwsGrantKind = AwsGrantKind,
  Gcp extends GcpGrantKind = GcpGrantKind,
> {
  readonly kind: Kind;
  readonly aws: Aws;
  readonly gcp: Gcp;
}

/** What IAM needs to know of a kind's resources, as its grants take it. */
export type AwsReferenceOf<G extends { readonly aws: unknown }> = G["aws"] extends {
  statements(grant: never, reference: infer Reference, grantee: AwsGrantee): Statement[];
}
  ? Reference
  : never;

export type GcpReferenceOf<G extends { readonly gcp: unknown }> = G["gcp"] extends {
  roles(grant: never, reference: infer Reference, at: never): GcpRole[];
}
  ? Reference
  : never;

/** One resource by its name in the manifest. */
export function oneResource() {
  return z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, {
    error: "must name one resource: wildcards are not granted",
  });
}

/** A list of verbs, each once. */
export function verbs<const Verbs extends readonly [string, ...string[]]>(known: Verbs) {
  return z
    .array(z.enum(known))
    .min(1)
    .refine((list) => new Set(list).size === list.length, {
      error: "must not list a verb twice",
    });
}
