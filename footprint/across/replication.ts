/** Replication between cells: their specs in the format of the replication checks. Pure. */

import { copiedGroups } from "../../components/replication/copied-groups.ts";
import {
  cellsBefore,
  type PlannedLink,
  plannedLinks,
  type ReplicatedCell,
} from "../../components/replication/plan.ts";
import { countryOf } from "../../components/replication/residency.ts";
import { configFile } from "../files/config-files.ts";
import type { Cell } from "../model.ts";

export function replicatedCell(cell: Cell): ReplicatedCell {
  const { name, stack, residency, specs } = cell;
  const { stream, database, objectStore } = specs;
  return {
    name,
    file: configFile(stack),
    residency,
    ...placeOf(cell),
    ...(stream && {
      stream: {
        topics: stream.topics,
        replicateTo: stream.replicateTo,
        ...(specs.cloud === "aws" && { groups: copiedGroups(specs) }),
        ...("brokersPerZone" in stream && {
          brokers: { perZone: stream.brokersPerZone, zones: stream.zones.length },
        }),
      },
    }),
    ...(database && {
      database: {
        replicateTo: database.replicateTo,
        upgrading: database.upgrade !== undefined,
        ...("edition" in database && { edition: database.edition }),
        ...("archive" in database && { archive: database.archive }),
      },
    }),
    ...(objectStore && { objectStore: { buckets: objectStore.buckets } }),
  };
}

function placeOf(cell: Cell): Pick<ReplicatedCell, "cloud" | "owner" | "region" | "country"> {
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account, region } = cell;
      return { cloud, owner: account, region, country: countryOf(cloud, region) };
    }
    case "gcp": {
      const { cloud, project, region } = cell;
      return { cloud, owner: project, region, country: countryOf(cloud, region) };
    }
    case "onprem": {
      const { cloud, site, country } = cell;
      return { cloud, owner: site, region: site, country };
    }
  }
}

/** Everything that is copied between these cells. */
export function linksBetween(cells: readonly Cell[]): PlannedLink[] {
  return plannedLinks(cells.map(replicatedCell));
}

/** Whether a cell's own stack creates copies other than buckets. */
export function copiesServices(cell: Cell, cells: readonly Cell[]): boolean {
  return linksBetween(cells).some(
    ({ from, service, mechanism }) =>
      from.name === cell.name && service !== "object-store" && mechanism.madeBy === "source",
  );
}

/** The stacks that must be deployed before a cell's because of replication. */
export function copiesBefore(cell: Cell, cells: readonly Cell[]): string[] {
  const before = cellsBefore(cell.name, linksBetween(cells));
  return cells.filter(({ name }) => before.includes(name)).map(({ stack }) => stack);
}
