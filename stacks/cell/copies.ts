/** What the sections of a cell are told because they are copied: known before anything is made. */
import type { SectionBuild } from "../../components/section/build.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { Cell } from "../../footprint/model.ts";
import { targetId, targetOf } from "../../footprint/specs/cell-target.ts";
import { keyOf } from "../environment/keys.ts";
import type { CellInputs } from "./inputs.ts";

export function copiesOf({
  cell,
  cells,
  environment,
}: CellInputs): Pick<SectionBuild<Cell["cloud"]>, "isCopied" | "copiesTo"> {
  const links = linksBetween(cells);
  return {
    isCopied: (service) =>
      links.some(
        (link) => link.service === service && [link.from.name, link.to.name].includes(cell.name),
      ),
    copiesTo: (service) =>
      links
        .filter((link) => link.service === service && link.from.name === cell.name)
        .map(({ to }) => {
          const target = targetId(targetOf(neighbour(cells, to.name)));
          return {
            cell: to.name,
            region: to.region,
            key: (purpose) => keyOf(environment, target, purpose),
          };
        }),
  };
}

/** Another cell, by its name. */
function neighbour(cells: readonly Cell[], name: string): Cell {
  const found = cells.find((cell) => cell.name === name);
  if (found) return found;
  throw new TypeError(`cell "${name}" is copied to and is not there`);
}

/** Another cell on AWS, by its name. */
export function awsNeighbour(cells: readonly Cell[], name: string): Cell & { cloud: "aws" } {
  const found = neighbour(cells, name);
  if (found.cloud === "aws") return found;
  throw new TypeError(`"${name}" was read as a cell on AWS and is none`);
}
