/** Problems of replication between cells. Pure; all are reported when the manifests are read. */
import type { Problem } from "../core/errors.ts";
import { didYouMean } from "../core/suggest.ts";
import { bytes, type Duration, seconds } from "../core/units.ts";
import { cycles } from "./cycles.ts";
import { isRefused, type Mechanism, mechanismOf, type ReplicatedService } from "./mechanisms.ts";
import { type Link, linksOf, type ReplicatedCell } from "./plan.ts";
import { replicatorProblems } from "./replicator-problems.ts";
import { liesIn, named } from "./residency.ts";

/** The manifest section of each replicated service. */
export const copiedSections = {
  stream: "stream",
  database: "database",
  "object-store": "objectStore",
} as const satisfies Record<ReplicatedService, string>;

/**
 * The replication problems of all cells, each with its file and path.
 *
 * @param known names of all cells, including those with invalid manifests, which `cells` does not contain
 */
export function replicationProblems(
  cells: readonly ReplicatedCell[],
  known: readonly string[],
): Problem[] {
  const links = linksOf(cells);
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return [
    ...cells.flatMap(homeProblems),
    ...links.flatMap((link) => linkProblems(link, byName, known)),
    ...cycles(links),
  ];
}

/** A cell outside the residency of its data. */
function homeProblems({ file, region, country, residency, cloud }: ReplicatedCell): Problem[] {
  if (residency === undefined) return [];
  if (country === undefined && cloud === "onprem") {
    const message = 'is required with residency: the country of the site, such as "kr"';
    return [{ path: `${file}: country`, message }];
  }
  if (country === undefined || liesIn(residency, country)) return [];
  return [
    {
      path: `${file}: residency`,
      message: `must include the cell's own location: ${region} is in "${country}"`,
      got: residency,
    },
  ];
}

function linkProblems(
  link: Link,
  byName: ReadonlyMap<string, ReplicatedCell>,
  known: readonly string[],
): Problem[] {
  const { from, service, wanted } = link;
  const at = (field: string, message: string, got?: unknown): Problem => ({
    path: `${from.file}: ${link.path}.${field}`,
    message,
    ...(got === undefined ? {} : { got }),
  });
  const to = byName.get(link.to);
  // The object store itself checks its targets, because it has the facts of its neighbours' buckets.
  if (service !== "object-store") {
    const message = targetProblem(link, to, known);
    if (message !== undefined) return [at("cell", message, link.to)];
  }
  if (to === undefined || to === from) return [];
  const mechanism = mechanismOf(service, from.cloud, to.cloud);
  if (isRefused(mechanism)) return [];
  return [
    ...objectiveProblems(mechanism, wanted).map(({ field, message, got }) =>
      at(field, message, got),
    ),
    ...residencyProblems(from, to).map((message) => at("cell", message, to.name)),
    ...(to.unread?.includes(service) ? [] : shapeProblems(service, from, to)),
  ];
}

/** Settings that both ends of a copy must have in common. */
function shapeProblems(
  service: ReplicatedService,
  from: ReplicatedCell,
  to: ReplicatedCell,
): Problem[] {
  return [
    ...(service === "stream"
      ? [
          ...streamProblems(from, to),
          ...[from, to].flatMap(brokerProblems),
          ...replicatorProblems(from),
        ]
      : []),
    ...(service === "database" ? databaseProblems(from, to) : []),
  ];
}

/** The reason why a cell cannot be a target. Undefined if it can, or if its manifest is invalid. */
function targetProblem(
  { from, to: name, service }: Link,
  to: ReplicatedCell | undefined,
  known: readonly string[],
): string | undefined {
  if (name === from.name) return "must be another cell: a copy in the same cell is lost with it";
  if (!known.includes(name)) {
    const others = known.filter((other) => other !== from.name);
    return `must be another cell of the environment${didYouMean(name, others)}`;
  }
  if (to === undefined) return undefined;
  const mechanism = mechanismOf(service, from.cloud, to.cloud);
  if (isRefused(mechanism)) return `${mechanism.refused}; "${name}" is on ${to.cloud}`;
  const section = copiedSections[service];
  if (to[section] === undefined && !to.unread?.includes(service)) {
    return `must be a cell with the same service: add \`${section}\` to ${to.file}`;
  }
  if (from.cloud !== "onprem" && to.owner !== from.owner) {
    const kind = from.cloud === "aws" ? "account" : "project";
    return `must be a cell in the same ${kind} ${from.owner}; "${name}" is in ${to.owner}`;
  }
  if (!mechanism.withinRegion && to.region === from.region) {
    return `must be a cell in another region: ${mechanism.title} protects from the loss of a region, and "${name}" is also in ${to.region}`;
  }
  return undefined;
}

interface Objection {
  readonly field: "rpo" | "rto";
  readonly message: string;
  readonly got: Duration;
}

function objectiveProblems(mechanism: Mechanism, wanted: Link["wanted"]): Objection[] {
  return (["rpo", "rto"] as const).flatMap((field) => {
    const asked = wanted[field];
    const least = mechanism[field];
    if (asked === undefined || (least !== undefined && seconds(asked) >= seconds(least))) return [];
    const message =
      least === undefined
        ? `must be omitted: ${mechanism.title} has no such objective`
        : `must be at least "${least}", the minimum of ${mechanism.title}`;
    return [{ field, message, got: asked }];
  });
}

function residencyProblems(from: ReplicatedCell, to: ReplicatedCell): string[] {
  const { residency } = from;
  if (residency === undefined) return [];
  if (to.country === undefined) {
    return [
      `must be a cell in ${named(residency)}, which data of "${from.name}" must not leave: set \`country\` of "${to.name}" in ${to.file}`,
    ];
  }
  if (liesIn(residency, to.country)) return [];
  return [
    `must be a cell in ${named(residency)}, which data of "${from.name}" must not leave; ${to.region} is in "${to.country}"`,
  ];
}

/**
 * MSK Replicator requires three brokers at both ends, or four in two zones. Source: Amazon MSK developer guide, "Supported
 * configurations".
 */
function brokerProblems({ file, stream }: ReplicatedCell): Problem[] {
  if (stream?.brokers === undefined) return [];
  const { perZone, zones } = stream.brokers;
  const least = zones === 2 ? 4 : 3;
  if (perZone * zones >= least) return [];
  return [
    {
      path: `${file}: stream.brokersPerZone`,
      message: `must be at least ${Math.ceil(least / zones)} for replication between regions: MSK Replicator requires ${least} brokers in ${zones} zones`,
      got: perZone,
    },
  ];
}

/** Records go to topics of the same name: keys must stay in their partitions, and compacted topics must be compacted there. */
function streamProblems(from: ReplicatedCell, to: ReplicatedCell): Problem[] {
  const copies = to.stream?.topics ?? {};
  const of = `as in cell "${from.name}", which replicates it here`;
  return Object.entries(from.stream?.topics ?? {}).flatMap(([name, topic]): Problem[] => {
    const path = `${to.file}: stream.topics.${name}`;
    const copy = copies[name];
    if (copy === undefined) {
      const message = `is required with ${topic.partitions} partitions, ${of}; topics of events come with the same eventSourcing`;
      return [{ path, message }];
    }
    return [
      ...(copy.partitions === topic.partitions
        ? []
        : [
            {
              path: `${path}.partitions`,
              message: `must be ${topic.partitions}, ${of}: keys stay in their partitions`,
              got: copy.partitions,
            },
          ]),
      ...(copy.cleanup === topic.cleanup
        ? []
        : [
            {
              path: `${path}.cleanup`,
              message: `must be "${topic.cleanup}", ${of}`,
              got: copy.cleanup,
            },
          ]),
      ...(bytes(copy.maxMessageSize) >= bytes(topic.maxMessageSize)
        ? []
        : [
            {
              path: `${path}.maxMessageSize`,
              message: `must be at least "${topic.maxMessageSize}", ${of}`,
              got: copy.maxMessageSize,
            },
          ]),
    ];
  });
}

function databaseProblems(from: ReplicatedCell, to: ReplicatedCell): Problem[] {
  const { upgrading, edition, archive } = from.database ?? { upgrading: false };
  const there = to.database?.archive;
  return [
    ...(upgrading
      ? [
          {
            path: `${from.file}: database.upgrade`,
            message:
              "must be omitted until replicateTo is removed: the copy cannot replicate from another major version, and is recreated afterwards",
          },
        ]
      : []),
    ...(edition === undefined || edition === "ENTERPRISE_PLUS"
      ? []
      : [
          {
            path: `${from.file}: database.edition`,
            message:
              'must be "ENTERPRISE_PLUS" for replication to another region: only that edition fails over and back',
            got: edition,
          },
        ]),
    ...(archive !== undefined &&
    there !== undefined &&
    archive.credentialsSecret === there.credentialsSecret &&
    archive.endpoint !== there.endpoint
      ? [
          {
            path: `${from.file}: database.archive.credentialsSecret`,
            message: `must differ from that of cell "${to.name}", which needs both: one to read the archive of "${from.name}", one for its own at ${there.endpoint}`,
            got: archive.credentialsSecret,
          },
        ]
      : []),
  ];
}
