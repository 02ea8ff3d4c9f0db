/** The cells in the clouds whose resources workloads of an on-premises cell are granted. */
import * as pulumi from "@pulumi/pulumi";
import type { FederatedTarget } from "../../components/section/build.ts";
import { namesIn } from "../../components/section/cell.ts";
import { federationOf } from "../../footprint/across/federation.ts";
import { configFile } from "../../footprint/files/config-files.ts";
import type { Footprint, PlacedCell } from "../../footprint/model.ts";
import { grantableNames } from "../../footprint/specs/instances.ts";
import { readCell } from "../outputs/read.ts";
import type { CellInputs } from "./inputs.ts";

export async function federatedTargets({
  cell,
  cells,
  registry,
  credentials,
}: CellInputs): Promise<{ readonly aws?: FederatedTarget; readonly gcp?: FederatedTarget }> {
  const context = { neighbours: cells, unread: [] };
  const { aws, gcp } = federationOf(cell, registry, context, configFile(cell.stack)).cells;
  return {
    ...(aws?.cloud === "aws" && {
      aws: {
        references: await referencesOf(aws, registry),
        provider: (await import("../../components/provider/aws.ts")).awsProvider(
          aws.name,
          aws,
          credentials,
        ),
      },
    }),
    ...(gcp?.cloud === "gcp" && {
      gcp: {
        references: await referencesOf(gcp, registry),
        provider: (await import("../../components/provider/gcp.ts")).gcpProvider(
          gcp.name,
          gcp,
          credentials,
        ),
      },
    }),
  };
}

type References = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * The IAM identifiers of a cell's resources. In a preview, resources that the cell declares but does not have yet are unknown: an
 * update of the environment deploys the cell first.
 */
async function referencesOf(
  cell: PlacedCell,
  registry: Footprint["registry"],
): Promise<References> {
  const known = (await readCell(cell.stack))?.references ?? {};
  return pulumi.runtime.isDryRun()
    ? completed(known, unknownReferences(cell, grantableNames(registry, cell.sections), registry))
    : known;
}

/** The known references, and those that are only declared. */
export function completed(known: References, declared: References): References {
  const kinds = new Set([...Object.keys(known), ...Object.keys(declared)]);
  return Object.fromEntries(
    [...kinds].map((kind) => [
      kind,
      { ...declared[kind], ...withUsers(known[kind], declared[kind]) },
    ]),
  );
}

/** A known cache whose users are unknown. */
function withUsers(known: References[string] = {}, declared: References[string] = {}) {
  return Object.fromEntries(
    Object.entries(known).map(([name, reference]) => {
      const [has, wanted] = [usersOf(reference), usersOf(declared[name])];
      const merged = has && { ...(reference as object), userArns: { ...wanted, ...has } };
      return [name, merged ?? reference];
    }),
  );
}

function usersOf(reference: unknown): object | undefined {
  return (reference as { readonly userArns?: object } | undefined)?.userArns;
}

function unknownReferences(
  cell: PlacedCell,
  declared: Readonly<Record<string, readonly string[]>>,
  registry: Footprint["registry"],
): References {
  const unknown = pulumi.output(pulumi.unknown);
  const users = namesIn(cell.sections.cache?.users ?? { app: {} });
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
  const ownFields = (kind: string) => {
    const grant = registry.find((section) => section.grant?.kind === kind)?.grant;
    return Object.fromEntries((grant?.fields ?? []).map((field) => [field, unknown]));
  };
  return Object.fromEntries(
    Object.entries(declared).map(([kind, names]) => [
      kind,
      Object.fromEntries(names.map((name) => [name, { ...fields, ...ownFields(kind) }])),
    ]),
  );
}
