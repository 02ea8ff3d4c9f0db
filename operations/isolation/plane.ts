import type { Paths } from "./paths.ts";
import type { CellView } from "./view.ts";

/** One way in which tenants could reach each other. */
export interface Plane {
  /** Its id in reports: `ISO1`. */
  readonly id: string;
  /** What must hold: `No tenant connects to pods of another`. */
  readonly title: string;
  readonly remedy: string;
  /** Adds the paths of a cell. */
  find(view: CellView, paths: Paths): void;
}
