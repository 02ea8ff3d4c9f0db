/** Replication inputs of a cell's sections, known before any resource is created. */

import { targetId } from "../../components/provider/target.ts";
import type { SectionBuild } from "../../components/section/build.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { Cell } from "../../footprint/model.ts";
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
          const target = targetId(cellNamed(cells, to.name));
          return {
            cell: to.name,
            region: to.region,
            key: (purpose) => keyOf(environment, target, purpose),
          };
        }),
  };
}

/** Another cell, by name. */
function cellNamed(cells: readonly Cell[], name: string): Cell {
  const found = cells.find((cell) => cell.name === name);
  if (found) return found;
  throw new TypeError(`cell "${name}", which is copied to, does not exist`);
}

/** Another cell on AWS, by name. */
export function awsCellNamed(cells: readonly Cell[], name: string): Cell & { cloud: "aws" } {
  const found = cellNamed(cells, name);
  if (found.cloud === "aws") return found;
  throw new TypeError(`cell "${name}" is not on AWS`);
}
