/** The identities that workloads of a cluster of one's own have in the clouds. */

import * as pulumi from "@pulumi/pulumi";
import type { AwsReferences } from "../../components/identity/aws-statements.ts";
import type { GcpReferences } from "../../components/identity/gcp-roles.ts";
import type { DeclaredResources } from "../../components/identity/granted.ts";
import { OnpremIdentity } from "../../components/identity/onprem.ts";
import type { OnpremIdentitySpec } from "../../components/identity/onprem-schema.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import { gcpProvider } from "../../components/provider/gcp.ts";
import { federationOf } from "../../footprint/across/federation.ts";
import { configFile } from "../../footprint/files/config-files.ts";
import type { PlacedCell } from "../../footprint/model.ts";
import { declaredResources, namesIn } from "../../footprint/specs/declared-resources.ts";
import { readCell } from "../outputs/read.ts";
import type { OnpremCellInputs } from "./inputs.ts";

export async function federatedIdentity(
  { cell, cells, common }: OnpremCellInputs,
  spec: OnpremIdentitySpec,
): Promise<OnpremIdentity> {
  const into = federationOf(cell, { neighbours: cells, unread: [] }, configFile(cell.stack)).cells;
  const aws = into.aws && (await referencesOf(into.aws));
  const gcp = into.gcp && (await referencesOf(into.gcp));
  return new OnpremIdentity(
    "identity",
    {
      ...common,
      spec,
      references: {
        ...(aws && { aws: aws as AwsReferences }),
        ...(gcp && { gcp: gcp as GcpReferences }),
      },
    },
    {
      providers: {
        ...(into.aws && spec.aws && { aws: awsProvider(into.aws.name, spec.aws) }),
        ...(into.gcp && spec.gcp && { gcp: gcpProvider(into.gcp.name, spec.gcp) }),
      },
    },
  );
}

type References = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What IAM knows a cell's resources by; all of it unknown in a preview that runs before that cell is up. */
async function referencesOf(cell: PlacedCell): Promise<References> {
  const outputs = await readCell(cell.stack);
  return outputs?.references ?? unknownReferences(cell, declaredResources(cell));
}

function unknownReferences(cell: PlacedCell, declared: DeclaredResources): References {
  const unknown = pulumi.output(pulumi.unknown);
  const users = namesIn(cell.cache?.users ?? { app: {} });
  const fields = {
    arn: unknown,
    keyArn: unknown,
    clusterArn: unknown,
    resourceId: unknown,
    name: unknown,
    secretId: unknown,
    instance: unknown,
    userArns: Object.fromEntries(users.map((user) => [user, unknown])),
  };
  return Object.fromEntries(
    Object.entries(declared).map(([kind, names]) => [
      kind,
      Object.fromEntries(names.map((name) => [name, fields])),
    ]),
  );
}
