/** The secrets of a cell, as a section of its manifest. */

import { z } from "zod";
import {
  type AwsCell,
  awsPlace,
  cellName,
  type GcpCell,
  gcpNumberedPlace,
  namesIn,
} from "../section/cell.ts";
import { defineSection, ownNamespace, type SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { secretsChanges } from "./changes.ts";
import type { SecretsContract } from "./contract.ts";
import { secretGrant } from "./grant.ts";
import { secretKey } from "./key.ts";
import {
  awsSecretsSettings,
  awsSecretsSpec,
  gcpSecretsSettings,
  gcpSecretsSpec,
  onpremSecretsSettings,
  onpremSecretsSpec,
} from "./schema.ts";

/** Physical names of secrets by key, and the ClusterSecretStore that ExternalSecrets name. */
const outputs = z.object({
  names: z.record(z.string(), z.string()),
  store: z.string().optional(),
});

export const secrets = defineSection({
  name: "secrets",
  component: "secrets",
  clouds: {
    aws: {
      settings: awsSecretsSettings,
      spec: awsSecretsSpec,
      changes: secretsChanges.aws,
      facts: (cell: AwsCell) => awsPlace(cell),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpSecretsSettings,
      spec: gcpSecretsSpec,
      changes: secretsChanges.gcp,
      facts: (cell: GcpCell) => gcpNumberedPlace(cell),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremSecretsSettings,
      spec: onpremSecretsSpec,
      changes: secretsChanges.onprem,
      build: () => import("./onprem-section.ts"),
    },
  },
  supply: (_spec: object, { cloud }: SupplyingCell): Supply[] =>
    cloud === "aws"
      ? [{ resource: "podIdentityAssociations", takes: 1, from: "External Secrets" }]
      : [],
  grant: secretGrant,
  granted: (written) => namesIn(written.secrets),
  key: secretKey,
  names: ({ secrets: written }, cell) => {
    if (cell.cloud === "onprem") return [];
    // On AWS slashes separate the parts of secrets' names.
    if (cell.cloud === "aws") return [cellName(cell, "iam-role", ["external-secrets"])];
    return namesIn(written).map((key) =>
      cellName(cell, "secret-manager-secret", [key], `secrets.${key}`),
    );
  },
  namespaces: ownNamespace,
  notCopied: () => ({ secrets: "each cell has its own values: keep both in sync" }),
  outputs,
  outputsOf: ({ secretNames, store }: SecretsContract) => ({
    names: secretNames,
    ...(store && { store: store.name }),
  }),
  column: {
    title: "secrets",
    value: ({ names }: z.output<typeof outputs>) => Object.keys(names).join(", "),
  },
});
