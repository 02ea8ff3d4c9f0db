/** Grants in a manifest: a kind of resource, its name, and verbs from a fixed set. Defaults live only here. */
import { z } from "zod";
import type { GrantKind as AnyGrant } from "../section/grant.ts";
import { type Service, services } from "../services.ts";
import { keyGrant } from "./key-grant.ts";

/** A key, part of the name of the role or account. */
export function identityKey() {
  return z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
  });
}

function kubernetesName() {
  return z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "must be one name of 1 to 63 lower case letters, digits and hyphens, without wildcards",
  });
}

/** The fields that select the pods of an identity. */
export const who = {
  /** Namespace of the pods. */
  namespace: kubernetesName(),
  /** Service account of the pods; each belongs to one workload only. */
  serviceAccount: kubernetesName(),
};

/** All kinds of resources that can be granted: keys, and those of a cell's services. */
export type GrantableKind =
  | typeof keyGrant
  | Extract<Service, { readonly grant: unknown }>["grant"];

export const grantables: readonly GrantableKind[] = [
  keyGrant,
  ...services.flatMap((service) => ("grant" in service ? [service.grant] : [])),
];

type AwsSchema = GrantableKind["aws"]["schema"];
type GcpSchema = GrantableKind["gcp"]["schema"];

/** Atoll's kinds and those of a repository's own sections. Only the repository's code knows the types of its own. */
export function grantablesWith(own: readonly AnyGrant[] = []): readonly GrantableKind[] {
  if (own.length === 0) return grantables;
  return [...grantables, ...(own as readonly unknown[] as readonly GrantableKind[])];
}

export function awsGrantOf(kinds: readonly GrantableKind[]) {
  return z.discriminatedUnion(
    "kind",
    kinds.map(({ aws }) => aws.schema) as [AwsSchema, ...AwsSchema[]],
  );
}

export function gcpGrantOf(kinds: readonly GrantableKind[]) {
  return z.discriminatedUnion(
    "kind",
    kinds.map(({ gcp }) => gcp.schema) as [GcpSchema, ...GcpSchema[]],
  );
}

export type AwsGrant = z.output<AwsSchema>;
export type GcpGrant = z.output<GcpSchema>;
export type GrantKind = GrantableKind["kind"];
