/**
 * What to do when a cell has to be left: from a footprint to the steps, with the commands to type. Pure, so that the same
 * footprint always gives the same runbook, and a rehearsed one is the one that is used.
 */
import type { ReplicatedService } from "../components/replication/mechanisms.ts";
import type { PlannedLink, ReplicatedCell } from "../components/replication/plan.ts";
import { auroraPlay } from "./failover-aurora.ts";
import { cloudSqlPlay } from "./failover-cloud-sql.ts";
import { clusterSteps, type Writers } from "./failover-clusters.ts";
import { cnpgPlay } from "./failover-cnpg.ts";
import { gcsPlay } from "./failover-gcs.ts";
import { mskPlay } from "./failover-msk.ts";
import { s3Play } from "./failover-s3.ts";

/** A cell, as far as a failover has to do with it. */
export interface FailoverCell extends ReplicatedCell {
  readonly environment: string;
  readonly stack: string;
  /** Of its Kubernetes. */
  readonly clusterName: string;
  /** Namespaces of what the manifest says writes to stream, database and buckets. */
  readonly writers: readonly string[];
  /** What it has that no copy exists of, by section, and what that means. */
  readonly left: Readonly<Record<string, string>>;
  /** Name of the first database. */
  readonly databaseName?: string;
  /** On GCP: counts instances of the same name. */
  readonly databaseGeneration?: number;
  /** On-premises. */
  readonly databaseNamespace?: string;
}

/** A command as its arguments, each taken as it is but for `${NAME}`, which stands for what an earlier command has kept. */
export interface Command {
  readonly run: readonly string[];
  /** Keeps what it prints under this name. */
  readonly into?: string;
  /** Writes what it prints to this file. */
  readonly file?: string;
}

export interface Step {
  /** Stable, for programs: `promote-database`. */
  readonly id: string;
  readonly title: string;
  readonly commands: readonly Command[];
  /** How one sees that it is done. */
  readonly verify: { readonly commands: readonly Command[]; readonly expect: string };
}

/** What can be expected of a service that is copied. */
export interface Expectation {
  readonly service: ReplicatedService;
  readonly bucket?: string;
  readonly mechanism: string;
  /** Undefined where nothing is promised. */
  readonly rpo?: string;
  readonly rto: string;
}

export interface Runbook {
  readonly environment: string;
  readonly from: string;
  readonly to: string;
  /** Whether the first cell is gone: then no command of the failover touches it. */
  readonly lost: boolean;
  readonly expected: readonly Expectation[];
  /** What the other cell does not get, by section. */
  readonly notCopied: Readonly<Record<string, string>>;
  readonly before: readonly Step[];
  readonly failover: readonly Step[];
  readonly failBack: readonly Step[];
}

/** What a copied service asks for at each stage. */
export interface Play {
  /** Whether the copy is there and follows. */
  readonly ready: Step;
  /** Nothing is on its way any more. */
  readonly drained: Step;
  /** How much is lost when the first cell is. */
  readonly lag: Step;
  /** The other cell's copy is the one that counts. @param lost whether the first cell is gone */
  takeOver(lost: boolean): Step;
  /** What was written there comes back. */
  readonly comeBack: Step;
  /** The first cell's is the one that counts again. */
  readonly giveBack: Step;
}

/** What is copied from one cell to the other. */
export interface FailoverLink extends Omit<PlannedLink, "from" | "to"> {
  readonly from: FailoverCell;
  readonly to: FailoverCell;
}

/** Data before those who read it: a database, then records about it, then objects that both name. */
const order: readonly ReplicatedService[] = ["database", "stream", "object-store"];

/**
 * The steps from a cell to the one its services are copied to, and back.
 *
 * @param links what is copied from the one to the other; at least one
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

/** Everything of the cell that no link takes along, with what that means. */
function notCopied(from: FailoverCell, links: readonly FailoverLink[]): Record<string, string> {
  const copied = new Set(links.map(({ service }) => service));
  const buckets = Object.keys(from.objectStore?.buckets ?? {}).filter(
    (key) => !links.some(({ bucket }) => bucket === key),
  );
  return {
    ...(from.stream && !copied.has("stream")
      ? { stream: "its records stay behind: consumers start with what is written from then on" }
      : {}),
    ...(from.database && !copied.has("database")
      ? { database: "it has to be restored from its backups, if those can be reached" }
      : {}),
    ...Object.fromEntries(
      buckets.map((key) => [`objectStore.buckets.${key}`, "its objects stay behind"]),
    ),
    ...from.left,
  };
}
