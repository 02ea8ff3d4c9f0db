/** The part of Amazon S3 that Pulumi's backend calls, on loopback and for any bucket. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Bucket {
  /** What the AWS SDK needs in its environment to call it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly objects: Map<string, Buffer>;
  /** The methods of the requests, in their order. */
  readonly calls: string[];
  stop(): void;
}

interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
}

const changed = new Date(0).toISOString();

export async function startBucket(): Promise<Bucket> {
  const objects = new Map<string, Buffer>();
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    calls.push(request.method ?? "");
    const { status, body } = answer(objects, request, await bodyOf(request));
    response.writeHead(status, {
      etag: '"1"',
      "last-modified": new Date(0).toUTCString(),
      ...(status === 204 ? {} : { "content-length": Buffer.byteLength(body) }),
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    variables: {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      // It sends no checksums, of which the SDK would warn.
      AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
    },
    objects,
    calls,
    stop: () => void server.close(),
  };
}

function answer(objects: Map<string, Buffer>, request: IncomingMessage, sent: Buffer): Answer {
  const url = new URL(request.url ?? "/", "http://bucket");
  const key = keyIn(url.pathname.slice(1));
  const found = objects.get(key);
  switch (request.method) {
    case "PUT": {
      const source = request.headers["x-amz-copy-source"];
      const copied = typeof source === "string" ? objects.get(keyIn(source)) : undefined;
      objects.set(key, copied ?? sent);
      return {
        status: 200,
        body: copied ? "<CopyObjectResult><ETag>1</ETag></CopyObjectResult>" : "",
      };
    }
    case "DELETE":
      objects.delete(key);
      return { status: 204, body: "" };
    default:
      if (key === "") return { status: 200, body: listing([...objects.keys()], url.searchParams) };
      if (found) return { status: 200, body: found };
      return { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" };
  }
}

/** The key in `bucket/key`. */
function keyIn(address: string): string {
  return decodeURIComponent(address).split("/").slice(1).join("/");
}

function listing(keys: readonly string[], query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter");
  const entries = keys.flatMap((key) => {
    if (!key.startsWith(prefix)) return [];
    const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length);
    return end < 0
      ? `<Contents><Key>${key}</Key><Size>1</Size><LastModified>${changed}</LastModified></Contents>`
      : `<CommonPrefixes><Prefix>${key.slice(0, end + 1)}</Prefix></CommonPrefixes>`;
  });
  return `<ListBucketResult>${[...new Set(entries)].sort().join("")}</ListBucketResult>`;
}

/** The bytes that were sent; the SDK may send them in chunks with a checksum after them. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const sent = Buffer.concat(parts);
  return request.headers["content-encoding"]?.includes("aws-chunked") ? unchunked(sent) : sent;
}

function unchunked(sent: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const start = sent.indexOf("\r\n", at) + 2;
    const length = Number.parseInt(sent.subarray(at, start).toString(), 16);
    if (!length) return Buffer.concat(chunks);
    chunks.push(sent.subarray(start, start + length));
    at = start + length + 2;
  }
}
