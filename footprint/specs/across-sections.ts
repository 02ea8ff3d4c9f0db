/** What one section of a cell needs of another. The sections themselves are right already. */

import type { Problem } from "../../components/core/errors.ts";
import { didYouMean } from "../../components/core/suggest.ts";
import type { CellSpecs } from "../model.ts";
import type { AwsCellSpecs, GcpCellSpecs, OnpremCellSpecs } from "./cell-sections.ts";

/** What is wrong between the sections of a cell. */
export function acrossSections(specs: CellSpecs, file: string): Problem[] {
  const problems = [...eventProblems(specs), ...namespaceProblems(specs)];
  if (specs.cloud === "aws") problems.push(...outboxSecretProblems(specs), ...userProblems(specs));
  if (specs.cloud === "gcp") problems.push(...registryProblems(specs));
  if (specs.cloud === "onprem") problems.push(...reachProblems(specs), ...roomProblems(specs));
  return problems.map((problem) => ({ ...problem, path: `${file}: ${problem.path}` }));
}

/** Events are kept in topics; an outbox and a registry are tables of a database. */
function eventProblems({ eventSourcing, stream, database }: CellSpecs): Problem[] {
  if (eventSourcing === undefined) return [];
  const missing = (section: string, why: string) => ({
    path: section,
    message: `is required: ${why}`,
  });
  const registry =
    "cloud" in eventSourcing && eventSourcing.cloud !== "aws" && eventSourcing.registry;
  return [
    ...(stream ? [] : [missing("stream", "eventSourcing keeps events in its topics")]),
    ...(eventSourcing.outbox && !database
      ? [missing("database", "eventSourcing.outbox reads a table of it")]
      : []),
    ...(registry && !database
      ? [missing("database", "eventSourcing.registry keeps schemas in it")]
      : []),
  ];
}

/** Each service makes a namespace of its own, and closes it for everybody else. */
function namespaceProblems(specs: CellSpecs): Problem[] {
  const { stream, database, cache, secrets, eventSourcing } = specs;
  const registry =
    eventSourcing && "registry" in eventSourcing ? eventSourcing.registry : undefined;
  const owners = Object.entries({
    "stream.namespace": namespaceOf(stream),
    "database.namespace": namespaceOf(database),
    "cache.namespace": namespaceOf(cache),
    "secrets.namespace": namespaceOf(secrets),
    "eventSourcing.registry.namespace": namespaceOf(registry),
  });
  return owners.flatMap(([path, namespace], index) => {
    const [first] = owners.slice(0, index).find(([, other]) => other === namespace) ?? [];
    if (namespace === undefined || first === undefined) return [];
    return [{ path, message: `must be another than that of ${first}`, got: namespace }];
  });
}

function namespaceOf(section: object | undefined): string | undefined {
  return section && "namespace" in section ? String(section.namespace) : undefined;
}

/** The connector signs in to the database with a password that the cell's secrets hold. */
function outboxSecretProblems({ eventSourcing, secrets }: AwsCellSpecs): Problem[] {
  const wanted = eventSourcing?.outbox?.passwordSecret;
  const known = Object.keys(secrets?.secrets ?? {});
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

/** Whoever may sign in to the cache does so as one of its users. */
function userProblems({ identity, cache }: AwsCellSpecs): Problem[] {
  const known = Object.keys(cache?.users ?? {});
  return Object.entries(identity?.workloads ?? {}).flatMap(([key, { grants }]) =>
    grants.flatMap((grant, index) =>
      grant.kind !== "cache" || known.includes(grant.user)
        ? []
        : {
            path: `identity.workloads.${key}.grants[${index}].user`,
            message: `must be a user of the cell's cache${didYouMean(grant.user, known)}`,
            got: grant.user,
          },
    ),
  );
}

/** Apicurio connects as any client does, and knows no connector of Cloud SQL. */
function registryProblems({ eventSourcing, database }: GcpCellSpecs): Problem[] {
  if (!eventSourcing?.registry || !database?.requireConnector) return [];
  return [
    {
      path: "database.requireConnector",
      message:
        "must be false where eventSourcing.registry keeps schemas in the database: Apicurio connects without one",
      got: true,
    },
  ];
}

/** The database's namespace lets nobody in who is not named, neither the connector nor the registry. */
function reachProblems({ eventSourcing, stream, database }: OnpremCellSpecs): Problem[] {
  if (eventSourcing === undefined || stream === undefined || database === undefined) return [];
  const { outbox, registry } = eventSourcing;
  const known = database.clientNamespaces;
  const readers = [
    ...(outbox ? [[stream.namespace, "eventSourcing.outbox reads a table of it"] as const] : []),
    ...(registry
      ? [[registry.namespace, "eventSourcing.registry keeps schemas in it"] as const]
      : []),
  ];
  return readers
    .filter(([namespace]) => !known.includes(namespace))
    .map(([namespace, why]) => ({
      path: "database.clientNamespaces",
      message: `must have "${namespace}", from where ${why}`,
      got: known,
    }));
}

/** What holds data runs on nodes of the class for it, brokers and controllers each on one of its own. */
function roomProblems({ nodePools, stream, database, cache }: OnpremCellSpecs): Problem[] {
  const holders = Object.entries({ stream, database, cache }).filter(([, spec]) => spec);
  const nodes = Object.values(nodePools.pools)
    .filter((pool) => pool.class === "stateful")
    .reduce((sum, pool) => sum + pool.nodes.length, 0);
  if (holders.length > 0 && nodes === 0) {
    const names = holders.map(([name]) => name).join(", ");
    const message = `must have a pool of class "stateful", whose nodes hold the data of ${names}`;
    return [{ path: "nodePools", message }];
  }
  return (["brokers", "controllers"] as const)
    .map((pool) => [`stream.${pool}.count`, stream?.[pool].count ?? 0] as const)
    .filter(([, count]) => count > nodes)
    .map(([path, count]) => ({
      path,
      message: `must be at most ${nodes}, the nodes of pools of class "stateful": no two run on one`,
      got: count,
    }));
}
