/** The part of AWS KMS that Pulumi's secrets provider calls, on loopback. What it "encrypts" is only marked. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Kms {
  /** What the AWS SDK needs in its environment to call it. */
  readonly variables: Readonly<Record<string, string>>;
  /** `Encrypt alias/key`, in the order of the calls. */
  readonly calls: readonly string[];
  stop(): void;
}

const mark = Buffer.from("kms:");

export async function startKms(): Promise<Kms> {
  const calls: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
    const action = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    calls.push([action, body.KeyId ?? []].flat().join(" "));
    const bytes = Buffer.from(body.Plaintext ?? body.CiphertextBlob ?? "", "base64");
    const encrypts = action === "Encrypt";
    const known = encrypts || bytes.subarray(0, mark.length).equals(mark);
    response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
    response.end(
      JSON.stringify(
        encrypts
          ? { CiphertextBlob: Buffer.concat([mark, bytes]).toString("base64"), KeyId: body.KeyId }
          : { Plaintext: bytes.subarray(mark.length).toString("base64") },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    variables: {
      AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "nobody",
      AWS_SECRET_ACCESS_KEY: "nothing",
      AWS_EC2_METADATA_DISABLED: "true",
    },
    calls,
    stop: () => void server.close(),
  };
}
