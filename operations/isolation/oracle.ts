/** Judges a cell with all of its tenants: which tenant reaches which other one, on which plane, and how. Pure. */
import { type IsolationCell, planeNames, type Verdict } from "./model.ts";
import { Paths } from "./paths.ts";
import { planes } from "./planes.ts";
import { viewOf } from "./view.ts";

export function judge(cell: IsolationCell): Verdict {
  const view = viewOf(cell);
  const paths = planeNames.flatMap((name) => {
    const found = new Paths();
    planes[name].find(view, found);
    return found.grouped(name);
  });
  return { cell: cell.name, tenants: cell.tenants, paths };
}
