/** Reads files that people write: plain files of a sensible size in UTF-8. */
import { readFileSync, type Stats, statSync } from "node:fs";

/** Why a file cannot be read, without its name. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** The limit of a file, in bytes: a hundred times a large manifest. */
const largest = 1024 * 1024;

/**
 * The content of a file, as text.
 *
 * @throws UnreadableFile with the reason, such as a folder, a device, a missing permission, or another encoding
 */
export function readPlainFile(file: string): string {
  try {
    const stats = statSync(file);
    const kind = otherKind(stats);
    if (kind !== undefined) throw new UnreadableFile(`it is ${kind}, not a file`);
    if (stats.size > largest)
      throw new UnreadableFile(`it has ${stats.size} bytes; at most ${largest} are accepted`);
    return decode(readFileSync(file));
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    throw new UnreadableFile(reasons[code] ?? code);
  }
}

/** Reading a FIFO or a device could wait for ever. */
function otherKind(stats: Stats): string | undefined {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO";
  if (stats.isSocket()) return "a socket";
  return stats.isFile() ? undefined : "a device";
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "its name is too long",
  ENOENT: "no such file",
  ENOTDIR: "no such file",
};

/** @throws UnreadableFile that names the encoding, where it can be told */
export function decode(bytes: Buffer): string {
  const utf16 = utf16In(bytes);
  if (utf16 !== undefined) throw new UnreadableFile(`it is encoded as ${utf16}: save it as UTF-8`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const { line, byte } = firstOutside(bytes);
    const shown = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    throw new UnreadableFile(
      `it is not UTF-8 but perhaps Latin-1 (byte ${shown} in line ${line}): save it as UTF-8`,
    );
  }
}

/** By its byte order mark, or by the zero byte in its first character. */
function utf16In(bytes: Buffer): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "UTF-16 (little endian)";
  if (first === 0xfe && second === 0xff) return "UTF-16 (big endian)";
  if (first === undefined || second === undefined || first + second === 0) return undefined;
  if (second === 0) return "UTF-16 (little endian)";
  return first === 0 ? "UTF-16 (big endian)" : undefined;
}

/** The first byte that is not part of a UTF-8 character, and its line from 1. */
function firstOutside(bytes: Buffer): { line: number; byte: number } {
  let line = 1;
  let at = 0;
  for (const character of bytes.toString("utf8")) {
    const width = Buffer.byteLength(character);
    if (character === "\ufffd" && !bytes.subarray(at, at + 3).equals(replacement)) break;
    if (character === "\n") line += 1;
    at += width;
  }
  return { line, byte: bytes[at] ?? 0 };
}

const replacement = Buffer.from("\ufffd");
