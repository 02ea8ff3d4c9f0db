/** Parses YAML in linear time. */
import { type Document, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";

/** A key that must not be there. */
export interface WrongKey {
  readonly key: string;
  /** The keys of the maps around it. */
  readonly above: readonly string[];
  readonly line: number;
  readonly column: number;
}

/**
 * Parses a config file. Duplicate keys are no errors of the document: the library compares every pair of keys, which takes minutes for
 * a map of many. `parseStrictly` finds them.
 */
export function parseConfig(text: string): Document {
  return parseDocument(text, { uniqueKeys: false });
}

/** The same, with the first key that is written twice or is `__proto__`, which JavaScript would swallow. */
export function parseStrictly(text: string): {
  readonly document: Document;
  readonly duplicate: WrongKey | undefined;
  readonly reserved: WrongKey | undefined;
} {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: false, lineCounter });
  let duplicate: WrongKey | undefined;
  let reserved: WrongKey | undefined;
  visit(document, {
    Map: (_, { items }, path) => {
      const known = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const found = (): WrongKey => {
          const { line, col } = lineCounter.linePos(key.range?.[0] ?? 0);
          return { key: name, above: keysOf(path), line, column: col };
        };
        if (known.has(name)) duplicate ??= found();
        if (name === "__proto__") reserved ??= found();
        known.add(name);
      }
    },
  });
  return { document, duplicate, reserved };
}

function keysOf(path: readonly unknown[]): string[] {
  return path.flatMap((node) =>
    isPair(node) && isScalar(node.key) ? [String(node.key.value)] : [],
  );
}
