import assert from "node:assert/strict";
import { replicationProblems } from "../../../components/replication/checks.ts";
import type { ReplicatedCell } from "../../../components/replication/plan.ts";

export function problemsOf(...cells: ReplicatedCell[]) {
  return replicationProblems(
    cells,
    cells.map(({ name }) => name),
  );
}

/** The only problem, as a line. */
export function problemOf(...cells: ReplicatedCell[]): string {
  const found = problemsOf(...cells);
  assert.equal(found.length, 1, JSON.stringify(found));
  const [{ path, message, got } = { path: "", message: "", got: "" }] = found;
  return `${path}: ${message}${got === undefined ? "" : ` (got ${JSON.stringify(got)})`}`;
}
