/**
 * Plans a failover: from a footprint to a runbook of steps and commands. Pure: the same footprint always gives the same runbook,
 * so the rehearsed runbook is the one that is used.
 */
import type { ReplicatedService } from "../../components/replication/mechanisms.ts";
import { auroraPlay } from "./aurora.ts";
import { cloudSqlPlay } from "./cloud-sql.ts";
import { clusterSteps, type Writers } from "./clusters.ts";
import { cnpgPlay } from "./cnpg.ts";
import { gcsPlay } from "./gcs.ts";
import { mskPlay } from "./msk.ts";
import type { Expectation, FailoverCell, FailoverLink, Play, Runbook } from "./runbook.ts";
import { s3Play } from "./s3.ts";

/** The database first, then records about it, then objects that both refer to. */
const order: readonly ReplicatedService[] = ["database", "stream", "object-store"];

/**
 * The steps from a cell to the cell that its services are copied to, and back.
 *
 * @param links the replication links from the one to the other; at least one
 */
export function planFailover(
  from: FailoverCell,
  to: FailoverCell,
  links: readonly FailoverLink[],
  lost: boolean,
): Runbook {
  const ordered = [...links].sort((a, b) => order.indexOf(a.service) - order.indexOf(b.service));
  const plays = ordered.map(playOf);
  const writers: Writers = {
    namespaces: from.writers,
    shared: from.writers.filter((name) => to.writers.includes(name)),
  };
  const clusters = clusterSteps(from, to, writers);
  return {
    environment: from.environment,
    from: from.name,
    to: to.name,
    lost,
    expected: ordered.map(expectation),
    notCopied: notCopied(from, ordered),
    before: [
      ...clusters.credentials(lost),
      clusters.namespaces,
      ...plays.map((play) => (lost ? play.lag : play.ready)),
    ],
    failover: [
      ...(lost ? [] : [clusters.stop, ...plays.map(({ drained }) => drained)]),
      ...plays.map((play) => play.takeOver(lost)),
      clusters.start,
      clusters.traffic,
    ],
    failBack: [
      clusters.returned,
      ...plays.map(({ comeBack }) => comeBack),
      clusters.stopThere,
      ...plays.map(({ giveBack }) => giveBack),
      clusters.startAgain,
      clusters.trafficBack,
      clusters.unchanged,
    ],
  };
}

function playOf(link: FailoverLink): Play {
  switch (link.mechanism.id) {
    case "msk-replicator":
      return mskPlay(link);
    case "aurora-global-database":
      return auroraPlay(link);
    case "s3-replication":
      return s3Play(link);
    case "cloud-sql-replica":
      return cloudSqlPlay(link);
    case "gcs-replication":
      return gcsPlay(link);
    case "cnpg-replica-cluster":
      return cnpgPlay(link);
  }
}

function expectation({ service, bucket, mechanism, wanted }: FailoverLink): Expectation {
  const rpo = wanted.rpo ?? mechanism.rpo;
  return {
    service,
    ...(bucket === undefined ? {} : { bucket }),
    mechanism: mechanism.title,
    ...(rpo === undefined ? {} : { rpo }),
    rto: wanted.rto ?? mechanism.rto,
  };
}

/** The cell's services and buckets without a link, with the consequence. */
function notCopied(from: FailoverCell, links: readonly FailoverLink[]): Record<string, string> {
  const copied = new Set(links.map(({ service }) => service));
  const buckets = Object.keys(from.objectStore?.buckets ?? {}).filter(
    (key) => !links.some(({ bucket }) => bucket === key),
  );
  return {
    ...(from.stream && !copied.has("stream")
      ? {
          stream:
            "its records are not copied: consumers start with records written after the failover",
        }
      : {}),
    ...(from.database && !copied.has("database")
      ? { database: "it must be restored from its backups, if they are accessible" }
      : {}),
    ...Object.fromEntries(
      buckets.map((key) => [`objectStore.buckets.${key}`, "its objects are not copied"]),
    ),
    ...from.left,
  };
}
