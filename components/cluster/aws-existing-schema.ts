import { z } from "zod";
import { notBesideExisting } from "../core/existing.ts";
import { accessEntries, awsCreatedFields, awsEveryField, refinePrincipals } from "./aws-schema.ts";
import { awsFacts, refineUse, usedBy } from "./facts-schema.ts";

/** An existing EKS cluster, below `existing:`. */
export const awsExistingSettings = z.strictObject({
  /** Its name, in the cell's account and region. */
  name: z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, {
    error: "must be the name of an EKS cluster: at most 100 letters, digits, hyphens, underscores",
  }),
});

const { access: _, ...createdOnly } = awsCreatedFields;

/** `cluster` of an AWS cell that refers to an existing cluster, with the facts of the cell. */
export const awsExistingClusterSpec = z
  .strictObject({
    ...awsFacts,
    ...awsEveryField,
    ...notBesideExisting(createdOnly, "a cluster"),
    existing: awsExistingSettings,
    /**
     * Principals for which Atoll adds access entries. None of them may have one.
     * @default {}
     */
    access: accessEntries.default({}),
    /** The VPC of the cell's network, which the cluster must be in. */
    vpcId: z.string().optional(),
    /** The blocks of the environment's other cells, which addresses of services must not overlap. */
    otherCells: z.array(z.string()).default([]),
    usedBy,
  })
  .superRefine(refineUse)
  .superRefine(({ access }, context) => refinePrincipals(access, context));

export type AwsExistingClusterSpec = z.output<typeof awsExistingClusterSpec>;
