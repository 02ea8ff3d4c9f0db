import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import { columns } from "./wrap.ts";

/** A table without lines: columns are separated by spaces. */
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

const gap = noLines.middle.length;

/**
 * Rows under a header, at most 80 columns wide, wrapped at words. Numbers are right-aligned.
 *
 * @param right columns of text that are right-aligned too, such as amounts with units. @default none
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  right: readonly string[] = [],
): string {
  const numeric = head.map(
    (title, column) =>
      right.includes(title) ||
      (rows.length > 0 && rows.every((row) => typeof row[column] === "number")),
  );
  const grid = new Table({
    head: [...head],
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: numeric.map((isNumeric) => (isNumeric ? "right" : "left")),
    colWidths: widths([head, ...rows]),
    wordWrap: true,
  });
  grid.push(...rows.map((row) => row.map(String)));
  return grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** The width of each column: that of its longest value. If the table is too wide, the widest columns are narrowed first, but never below their longest word. */
function widths(rows: readonly (readonly Cell[])[]): number[] {
  const columnsOf = (measure: (text: string) => number) =>
    (rows[0] ?? []).map((_, column) =>
      Math.max(...rows.map((row) => measure(stripVTControlCharacters(String(row[column] ?? ""))))),
    );
  const wide = columnsOf((text) => text.length);
  const least = columnsOf((text) => Math.max(...text.split(" ").map((word) => word.length)));
  const total = () => wide.reduce((sum, width) => sum + width, gap * (wide.length - 1));
  while (total() > columns) {
    const room = wide.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) break;
    wide[widest] = (wide[widest] ?? 0) - 1;
  }
  return wide;
}
