// What these tests cannot prove: that other systems than Linux accept every connection, as the documentation says. The test with
// another user needs root, and is skipped without.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { after, before, describe, test } from "node:test";
import { startEventsServer } from "../../cli/engine/events-server.ts";
import { isOwnConnection, ownerOf } from "../../simulator/peer.ts";

const head =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const row = (client: string, server: string, state: string, uid: number, inode: number) =>
  `   1: ${client} ${server} ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000 100 0\n`;
const ends = { localPort: 0x1f90, remotePort: 0xb7e0 };

describe("the owner of a connection", () => {
  test("is the user id of the client's socket, over IPv4 and mapped to IPv6", () => {
    const server = row("0100007F:1F90", "0100007F:B7E0", "01", 0, 7);
    const client = row("0100007F:B7E0", "0100007F:1F90", "01", 1001, 8);
    assert.equal(ownerOf(head + server + client, ends), 1001);
    const mapped = "0000000000000000FFFF00000100007F";
    assert.equal(
      ownerOf(head + row(`${mapped}:B7E0`, `${mapped}:1F90`, "01", 1002, 9), ends),
      1002,
    );
  });

  test("is unknown for a socket that nobody holds, which the kernel lists under root, and for other addresses", () => {
    const [client, server] = ["0100007F:B7E0", "0100007F:1F90"];
    assert.equal(ownerOf(head + row(client, server, "06", 0, 0), ends), undefined);
    assert.equal(ownerOf(head + row(client, server, "01", 0, 0), ends), undefined);
    assert.equal(
      ownerOf(head + row("0200000A:B7E0", "0100000A:1F90", "01", 0, 8), ends),
      undefined,
    );
    assert.equal(ownerOf(head, ends), undefined);
  });

  test("is this user for a connection of this process", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const client = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
    const [socket] = (await once(server, "connection")) as [net.Socket];
    await once(client, "connect");
    assert.equal(isOwnConnection(socket), process.platform === "linux" ? true : undefined);
    client.destroy();
    socket.destroy();
    server.close();
  });
});

describe("a served port", () => {
  let served: Awaited<ReturnType<typeof startEventsServer>>;
  before(async () => {
    served = await startEventsServer(() => undefined);
  });
  after(() => served.stop());
  const port = () => Number(served.address.split(":").at(-1));

  /** Whether the server says anything to a client of HTTP/2. */
  const speaker = (to: number) => `
    const socket = require("node:net").connect(${to}, "127.0.0.1");
    socket.on("connect", () => socket.write("PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n\\0\\0\\0\\4\\0\\0\\0\\0\\0"));
    const end = (word) => { process.stdout.write(word); process.exit(); };
    socket.on("data", () => end("served")).on("close", () => end("refused")).on("error", () => {});`;
  const ask = (identity: object) => spawnAsync(process.execPath, ["-e", speaker(port())], identity);

  test("serves this user", async () => {
    assert.equal(await ask({}), "served");
  });

  test("refuses another user", {
    skip: process.platform !== "linux" || process.getuid?.() !== 0 || !readable(process.execPath),
  }, async () => {
    assert.equal(await ask({ uid: 65534, gid: 65534 }), "refused");
  });

  test("survives bytes that are no HTTP/2, and connections that end in the middle", async () => {
    for (const bytes of [
      Buffer.from("{bad json\n"),
      Buffer.from("PRI * HTTP/2.0\r\n\r\nSM"),
      Buffer.alloc(1_000_000, 0xff),
      Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\xff\xff\xff\x09\x09\x00\x00\x00\x01", "latin1"),
    ]) {
      const client = net.connect(port(), "127.0.0.1").on("error", () => undefined);
      await once(client, "connect");
      client.write(bytes);
      client.end();
      client.resume();
      await once(client, "close");
    }
    assert.equal(await ask({}), "served");
  });
});

function readable(file: string): boolean {
  return spawnSync(file, ["-v"], { uid: 65534, gid: 65534, cwd: "/" }).status === 0;
}

async function spawnAsync(file: string, args: readonly string[], identity: object) {
  const child = spawn(file, args, {
    cwd: "/",
    env: {},
    stdio: ["ignore", "pipe", "inherit"],
    ...identity,
  });
  let text = "";
  child.stdout.on("data", (bytes) => {
    text += bytes;
  });
  await once(child, "close");
  return text;
}
