import Table from "cli-table3";

/** Box characters that are left out: rows stand under a header and are set apart by space alone. */
const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

export type Cell = string | number;

/** Rows under a header, columns as wide as they must be; numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
  );
  const grid = new Table({
    head: [...head],
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: numeric.map((right) => (right ? "right" : "left")),
  });
  grid.push(...rows.map((row) => row.map(String)));
  return grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
