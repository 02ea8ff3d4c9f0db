/** The role that makes tenants' databases: it may create roles and databases, and reads no data of others. */

export const provisioner = "atoll_tenants";

/** For the master user of an Aurora cluster. Each can be repeated. */
export const provisionerStatements = [
  `DO $atoll$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${provisioner}') THEN CREATE ROLE "${provisioner}"; END IF; END $atoll$`,
  `ALTER ROLE "${provisioner}" LOGIN CREATEDB CREATEROLE CONNECTION LIMIT 50`,
  // Also lets it sign in with IAM itself, and no longer with a password.
  `GRANT rds_iam TO "${provisioner}" WITH ADMIN OPTION`,
];
