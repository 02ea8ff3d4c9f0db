/** Who gets what, as a manifest says it: a kind of resource, which one, and verbs of a closed set. Defaults live only here. */
import { z } from "zod";
import { type Service, services } from "../services.ts";
import { keyGrant } from "./key-grant.ts";

/** A part of the role's or account's name. */
export function identityKey() {
  return z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
  });
}

function kubernetesName() {
  return z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: "must name one, of 1 to 63 lower case letters, digits and hyphens: no wildcards",
  });
}

/** The pods that act under an identity. */
export const who = {
  /** Of the pods. */
  namespace: kubernetesName(),
  /** That the pods run as; of one workload only. */
  serviceAccount: kubernetesName(),
};

/** Everything that workloads can be granted: keys, and what the services of a cell declare. */
export type GrantableKind =
  | typeof keyGrant
  | Extract<Service, { readonly grant: unknown }>["grant"];

export const grantables: readonly GrantableKind[] = [
  keyGrant,
  ...services.flatMap((service) => ("grant" in service ? [service.grant] : [])),
];

type AwsSchema = GrantableKind["aws"]["schema"];
type GcpSchema = GrantableKind["gcp"]["schema"];

export const awsGrant = z.discriminatedUnion(
  "kind",
  grantables.map(({ aws }) => aws.schema) as [AwsSchema, ...AwsSchema[]],
);

export const gcpGrant = z.discriminatedUnion(
  "kind",
  grantables.map(({ gcp }) => gcp.schema) as [GcpSchema, ...GcpSchema[]],
);

export type AwsGrant = z.output<AwsSchema>;
export type GcpGrant = z.output<GcpSchema>;
export type GrantKind = GrantableKind["kind"];

export const grantKinds: readonly GrantKind[] = grantables.map(({ kind }) => kind);
