/** Grants for workloads: a kind of resource, the fields of a grant, and the permissions on each cloud. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Statement } from "../core/iam.ts";

/** The account, region and workload of a grant on AWS. */
export interface AwsGrantee {
  readonly account: string;
  readonly region: string;
  /** The workload's key. */
  readonly workload: string;
}

/** A kind of grant on AWS. `Reference` identifies the resource for IAM. */
export interface AwsGrantKind<Schema extends z.ZodType = z.ZodType, Reference = never> {
  /** A strict object with the literal `kind`, the resource's `name`, and the verbs `may`. */
  readonly schema: Schema;
  /** Least-privilege statements for the verbs, on the one resource. */
  statements(grant: z.output<Schema>, reference: Reference, grantee: AwsGrantee): Statement[];
  /**
   * A reference of the greatest possible length, of plain strings: the size of policies is checked before anything exists.
   *
   * @default not known: the size of statements is estimated when they are created
   */
  longest?(grant: z.output<Schema>, grantee: AwsGrantee): unknown;
  /** The part of the resource that the grant names and the reference lacks: `user "app" of cache "main"`. @default none */
  missing?(grant: z.output<Schema>, reference: Reference): string | undefined;
}

/** One IAM role of Google Cloud on one resource. */
export interface GcpRole {
  /** Unique in the grant. Part of the resource name in Pulumi. */
  readonly key: string;
  readonly role: string;
  readonly on:
    | { readonly kind: "bucket"; readonly bucket: pulumi.Input<string> }
    | {
        readonly kind: "folder";
        readonly bucket: pulumi.Input<string>;
        /** Path of a managed folder, with a slash at its end. */
        readonly managedFolder: pulumi.Input<string>;
      }
    | { readonly kind: "key"; readonly cryptoKeyId: pulumi.Input<string> }
    | { readonly kind: "secret"; readonly secretId: pulumi.Input<string> }
    | {
        readonly kind: "other";
        /** Type token of the IAM member resource, such as `gcp:pubsub/topicIAMMember:TopicIAMMember`. */
        readonly type: string;
        /** Its inputs, without role and member. */
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
  /** The narrowest predefined roles for the verbs, on the one resource. */
  roles(grant: z.output<Schema>, reference: Reference, at: { readonly project: string }): GcpRole[];
  /**
   * Whether the resource supports service accounts only. A workload then needs `account: true`, and federated identities are not
   * supported.
   * @default false
   */
  readonly accountOnly?: boolean;
  /** Whether the workload becomes a user of this Cloud SQL instance. @default no */
  sqlInstance?(reference: Reference): pulumi.Input<string>;
}

/** A kind of resource that workloads can be granted access to. */
export interface GrantKind<
  Kind extends string = string,
  Aws extends AwsGrantKind = AwsGrantKind,
  Gcp extends GcpGrantKind = GcpGrantKind,
> {
  readonly kind: Kind;
  /** The fields of its references, for previews before the resource is deployed. @default those of Atoll's kinds */
  readonly fields?: readonly string[];
  readonly aws: Aws;
  readonly gcp: Gcp;
}

/** The reference to a resource that grants of this kind need on AWS. */
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

/** The name of one resource in the manifest. */
export function oneResource() {
  return z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, {
    error: "must name one resource: wildcards are not supported",
  });
}

/** A list of unique verbs. */
export function verbs<const Verbs extends readonly [string, ...string[]]>(known: Verbs) {
  return z
    .array(z.enum(known))
    .min(1)
    .refine((list) => new Set(list).size === list.length, {
      error: "must not list a verb twice",
    });
}
