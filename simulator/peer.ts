/**
 * Whether a connection on the loopback interface comes from this user. Linux lists the owner of every socket in /proc/net/tcp; other
 * systems do not tell, so there every connection is accepted.
 */
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** The ends of a connection, as its server sees them. */
export interface Ends {
  readonly localPort: number;
  readonly remotePort: number;
}

/** Both tables: a client may have an IPv6 socket for an IPv4 address. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"] as const;

const established = "01";

/** A loopback address as the kernel prints it: 127.0.0.0/8, ::1, and 127.0.0.0/8 mapped to IPv6. */
const loopback = /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F)$/;

/** How often the tables are read: the kernel may skip a line while others come and go. */
const attempts = 3;

/** @returns undefined where the system does not tell */
export function isOwnConnection(socket: Socket): boolean | undefined {
  const own = process.geteuid?.();
  const { localPort, remotePort } = socket;
  if (own === undefined) return undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    let read = false;
    // The second table is read only where the first does not have the connection: the kernel generates it for every reader.
    for (const file of tables) {
      const table = readTable(file);
      if (table === undefined) continue;
      read = true;
      if (localPort === undefined || remotePort === undefined) return false;
      const owner = ownerOf(table, { localPort, remotePort });
      if (owner !== undefined) return owner === own;
    }
    if (!read) return undefined;
  }
  return false;
}

/**
 * The user id of the client's socket.
 *
 * @param table the content of /proc/net/tcp or /proc/net/tcp6: per line an index, the local and the remote address and port in
 *   hexadecimal, the state, queues, timers, retransmissions, the user id, timeouts and the inode
 * @returns undefined when the table does not have the connection, or the client has closed it
 */
export function ownerOf(table: string, { localPort, remotePort }: Ends): number | undefined {
  for (const line of table.split("\n").slice(1)) {
    const [, client = "", server = "", state, , , , uid, , inode] = line.trim().split(/\s+/);
    // The kernel lists sockets that nobody holds any more under root: they have another state, or no inode.
    if (state !== established || inode === "0") continue;
    if (portOf(client) === remotePort && portOf(server) === localPort) return Number(uid);
  }
  return undefined;
}

function portOf(end: string): number | undefined {
  const [address = "", port = ""] = end.split(":");
  return loopback.test(address) ? Number.parseInt(port, 16) : undefined;
}

function readTable(file: string): string | undefined {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return undefined;
  }
}
