/** Columns that text for people keeps to. */
export const columns = 80;

/** Text wrapped at words, indented, and further from its second line on. A word that is longer than a line stays whole. */
export function wrapped(text: string, indent = 0): string {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  for (const word of text.split(" ")) {
    const isFirst = line.trim() === "";
    if (!isFirst && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = `${" ".repeat(indent + 2)}${word}`;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
