/**
 * A bucket that speaks as much of S3 as is used, and checks every signature (AWS Signature Version 4, as published), so that a client which
 * signs wrongly or not at all is refused as by the real thing.
 */
import { createHash, createHmac } from "node:crypto";

export type StrictS3 = Awaited<ReturnType<typeof startStrictS3>>;

const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const hash = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const refuse = (status: number, code: string): Response =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`, {
    status,
    headers: { "content-type": "application/xml" },
  });

export async function startStrictS3(given: {
  bucket: string;
  keyId: string;
  secret: string;
  region: string;
}) {
  const objects = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();
  /** What the next requests are answered with instead. */
  const faults: (number | "silence")[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const fault = faults.shift();
      if (fault === "silence") await Bun.sleep(3_000);
      if (typeof fault === "number") return refuse(fault, "InternalError");
      const bytes = new Uint8Array(await request.arrayBuffer());
      const problem = signatureProblem(request, bytes, given);
      if (problem) return refuse(403, problem);
      return answer(request, bytes, given.bucket, objects);
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    objects,
    faults,
    stop: () => server.stop(true),
  };
}

function answer(
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
  bucket: string,
  objects: Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>,
): Response {
  const [, first, ...rest] = new URL(request.url).pathname.split("/");
  if (first !== bucket) return refuse(404, "NoSuchBucket");
  const name = decodeURIComponent(rest.join("/"));
  const object = objects.get(name);
  switch (request.method) {
    case "PUT":
      objects.set(name, { bytes, type: request.headers.get("content-type") ?? "" });
      return new Response(null, { headers: { etag: `"${hash(bytes)}"` } });
    case "GET":
    case "HEAD":
      if (!object) return refuse(404, "NoSuchKey");
      return new Response(object.bytes, { headers: { "content-type": object.type } });
    case "DELETE":
      objects.delete(name);
      return new Response(null, { status: 204 });
    default:
      return refuse(405, "MethodNotAllowed");
  }
}

/** Null when the request is signed as it must be. */
function signatureProblem(
  request: Request,
  bytes: Uint8Array,
  { keyId, secret, region }: { keyId: string; secret: string; region: string },
): string | null {
  const authorization = request.headers.get("authorization") ?? "";
  const [, credential = "", names = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const [givenKey, day = "", ...scope] = credential.split("/");
  if (givenKey !== keyId) return "InvalidAccessKeyId";
  if (scope.join("/") !== `${region}/s3/aws4_request`) return "AuthorizationHeaderMalformed";
  const signed = names.split(";");
  for (const needed of ["host", "x-amz-content-sha256", "x-amz-date"])
    if (!signed.includes(needed)) return "AccessDenied";
  const stated = request.headers.get("x-amz-content-sha256") ?? "";
  if (stated !== "UNSIGNED-PAYLOAD" && stated !== hash(bytes)) return "XAmzContentSHA256Mismatch";
  const at = request.headers.get("x-amz-date") ?? "";
  const url = new URL(request.url);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&");
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...signed.map((name) => `${name}:${(request.headers.get(name) ?? "").trim()}`),
    "",
    names,
    stated,
  ].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", at, `${day}/${scope.join("/")}`, hash(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}
