/** The maximum width of printed text. */
export const columns = 80;

/** Wraps text at words, with an indent and a hanging indent of two. A word that is longer than a line is not broken. */
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
