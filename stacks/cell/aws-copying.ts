/** What the services of a cell on AWS need because they are copied: known before anything is made. */

import type * as pulumi from "@pulumi/pulumi";
import type { AwsDatabaseArgs } from "../../components/database/aws.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { Cell } from "../../footprint/model.ts";
import { landingId, landingOf } from "../../footprint/specs/cell-target.ts";
import { type CellKeys, keysOf } from "../environment/keys.ts";
import type { AwsCellInputs } from "./inputs.ts";

/** What the services of a cell are told because they are copied. */
export interface AwsCopying {
  /** Whether records go from or to the cell's brokers. */
  readonly stream: boolean;
  /** Where the database's master secret goes. */
  readonly master: AwsDatabaseArgs["copy"];
  /** Keys of the cells that buckets are copied to. */
  readonly objectKeys: Readonly<Record<string, pulumi.Input<string>>>;
}

export function awsCopying(inputs: AwsCellInputs): AwsCopying {
  const { cell, cells } = inputs;
  const links = linksBetween(cells);
  const out = links.filter(({ from }) => from.name === cell.name);
  const database = out.find(({ service }) => service === "database");
  const buckets = out.filter(({ service }) => service === "object-store");
  return {
    stream: links.some(
      ({ service, from, to }) => service === "stream" && [from.name, to.name].includes(cell.name),
    ),
    master: database && {
      region: database.to.region,
      keyArn: keysIn(inputs, database.to.name).databases,
    },
    objectKeys: Object.fromEntries(
      buckets.map(({ to }) => [to.name, keysIn(inputs, to.name).objects]),
    ),
  };
}

function keysIn({ cells, environment }: AwsCellInputs, name: string): CellKeys {
  const cell = awsNeighbour(cells, name);
  return keysOf(environment, landingId(landingOf(cell)));
}

/** Another cell on AWS, by its name. */
export function awsNeighbour(cells: readonly Cell[], name: string): Cell & { cloud: "aws" } {
  const found = cells.find((cell) => cell.name === name);
  if (found?.cloud === "aws") return found;
  throw new TypeError(`"${name}" was read as a cell on AWS and is none`);
}
