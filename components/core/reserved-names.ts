/** Names that stay reserved after deletion, by resource type: for how long, and how to deploy again before that. */

export interface ReservedName {
  readonly period: string;
  readonly instead: string;
  /** Whether the name of this resource is reserved, by its outputs. @default always */
  when?(outputs: Readonly<Record<string, unknown>>): boolean;
}

export const reservedNames: Readonly<Record<string, ReservedName>> = {
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
  "aws:secretsmanager/secret:Secret": {
    period: "until its recovery window ends",
    instead: "restore it with `aws secretsmanager restore-secret` and import it",
    when: ({ recoveryWindowInDays }) => recoveryWindowInDays !== 0,
  },
  // https://cloud.google.com/sql/docs/postgres/delete-instance
  "gcp:sql/databaseInstance:DatabaseInstance": {
    period: "for a week",
    instead: "increase `database.generation`",
  },
  // https://cloud.google.com/kms/docs/object-hierarchy: key rings and keys cannot be deleted.
  "gcp:kms/keyRing:KeyRing": { period: "forever", instead: "increase `keys.edition`" },
  // https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": {
    period: "for 30 days",
    instead: "restore it with `gcloud iam workload-identity-pools undelete` and import it",
  },
  // https://cloud.google.com/iam/docs/creating-custom-roles: the provider restores a role within 7 days.
  "gcp:projects/iAMCustomRole:IAMCustomRole": {
    period: "from 7 to 37 days after the deletion",
    instead: "deploy within 7 days or after 37 days",
  },
  // The archive keeps the backups of the cluster, and CloudNativePG refuses a folder that is not empty.
  "kubernetes:postgresql.cnpg.io/v1:Cluster": {
    period: "as long as the archive has its backups",
    instead: "increase `database.generation`",
  },
};
