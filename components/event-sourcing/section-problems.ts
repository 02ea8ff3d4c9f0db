/** What event sourcing requires of other sections of its cell, which are valid by themselves. Pure. */
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { database } from "../database/section.ts";
import { network } from "../network/section.ts";
import { secrets } from "../secrets/section.ts";
import type { CheckedCell } from "../section/section.ts";
import { stream } from "../stream/section.ts";
import { fittingTopics } from "./aws-connector-policy.ts";
import type { AwsEventSourcingSpec } from "./aws-schema.ts";
import type { GcpEventSourcingSpec } from "./gcp-schema.ts";
import type { OnpremEventSourcingSpec } from "./onprem-schema.ts";
import { outboxTopics } from "./plan.ts";

export function awsProblems(spec: AwsEventSourcingSpec, cell: CheckedCell): Problem[] {
  return [
    ...missingSections(spec, false, cell),
    ...secretProblems(spec, cell),
    ...endpointProblems(spec, cell),
    ...roleProblems(spec),
  ];
}

export function gcpProblems(spec: GcpEventSourcingSpec, cell: CheckedCell): Problem[] {
  return [
    ...missingSections(spec, spec.registry !== undefined, cell),
    ...connectorProblems(spec, cell),
  ];
}

export function onpremProblems(spec: OnpremEventSourcingSpec, cell: CheckedCell): Problem[] {
  return [
    ...missingSections(spec, spec.registry !== undefined, cell),
    ...accessProblems(spec, cell),
  ];
}

/** Events need topics of a stream; an outbox and a registry need tables in a database. */
function missingSections(
  { outbox }: { readonly outbox?: unknown },
  registry: boolean,
  cell: CheckedCell,
): Problem[] {
  const hasDatabase = cell.spec(database) !== undefined;
  const missing = (path: string, why: string) => ({ path, message: `is required: ${why}` });
  return [
    ...(cell.spec(stream) ? [] : [missing("stream", "eventSourcing stores events in its topics")]),
    ...(outbox && !hasDatabase
      ? [missing("database", "eventSourcing.outbox reads a table in it")]
      : []),
    ...(registry && !hasDatabase
      ? [missing("database", "eventSourcing.registry stores schemas in it")]
      : []),
  ];
}

/** The connector reads its password and writes its logs through interface endpoints. */
function endpointProblems({ outbox }: AwsEventSourcingSpec, cell: CheckedCell): Problem[] {
  const existing = cell.spec(network, "aws")?.existing;
  if (outbox === undefined || existing === undefined || existing.endpointSecurityGroupId) return [];
  return [
    {
      path: "network.existing.endpointSecurityGroupId",
      message:
        "is required: the outbox connector reaches AWS services only through these endpoints",
    },
  ];
}

/** The connector's role names each topic that it writes to. */
function roleProblems({ outbox, aggregates, account, region }: AwsEventSourcingSpec): Problem[] {
  if (outbox === undefined) return [];
  const topics = outboxTopics(aggregates);
  const fits = fittingTopics({ place: { account, region }, topics });
  if (fits === topics.length) return [];
  const message = `must have at most ${fits} topics of events with an outbox, which fill the policies that the connector's role can have`;
  return [{ path: "eventSourcing.aggregates", message, got: topics.length }];
}

/** The connector uses a database password from the cell's secrets. */
function secretProblems({ outbox }: AwsEventSourcingSpec, cell: CheckedCell): Problem[] {
  const wanted = outbox?.passwordSecret;
  const known = Object.keys(cell.spec(secrets, "aws")?.secrets ?? {});
  if (wanted === undefined || known.includes(wanted)) return [];
  return [
    {
      path: "eventSourcing.outbox.passwordSecret",
      message:
        known.length > 0
          ? `must be a secret of the cell${didYouMean(wanted, known)}`
          : "must be a secret of the cell, which has none: add it to secrets.secrets",
      got: wanted,
    },
  ];
}

/** Apicurio connects directly, without a Cloud SQL connector. */
function connectorProblems({ registry }: GcpEventSourcingSpec, cell: CheckedCell): Problem[] {
  if (!registry || !cell.spec(database, "gcp")?.requireConnector) return [];
  return [
    {
      path: "database.requireConnector",
      message:
        "must be false when eventSourcing.registry stores schemas in the database: Apicurio connects without a connector",
      got: true,
    },
  ];
}

/** The database's namespace admits only the named client namespaces, also for the connector and the registry. */
function accessProblems(
  { outbox, registry }: OnpremEventSourcingSpec,
  cell: CheckedCell,
): Problem[] {
  const [kafka, postgres] = [cell.spec(stream, "onprem"), cell.spec(database, "onprem")];
  if (kafka === undefined || postgres === undefined) return [];
  const known = postgres.clientNamespaces;
  const readers = [
    ...(outbox
      ? [[kafka.namespace, "eventSourcing.outbox in it reads a table of the database"] as const]
      : []),
    ...(registry
      ? [
          [
            registry.namespace,
            "eventSourcing.registry in it stores schemas in the database",
          ] as const,
        ]
      : []),
  ];
  return readers
    .filter(([namespace]) => !known.includes(namespace))
    .map(([namespace, why]) => ({
      path: "database.clientNamespaces",
      message: `must include "${namespace}": ${why}`,
      got: known,
    }));
}
