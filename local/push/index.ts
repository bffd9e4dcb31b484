/**
 * A push service for tests, as strict as the real ones: checks the VAPID signature and that it was made for this service and this key, the encoding, the
 * lifetime and the size; keeps what came. `browser()` subscribes and reads its messages by an implementation of RFC 8291 of its own.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";

export type Received = { body: Buffer; topic: string | null; ttl: number; urgency: string | null };
export type LocalPush = Awaited<ReturnType<typeof startLocalPush>>;

const bytesMax = 4_096;

export async function startLocalPush(options: { port?: number } = {}) {
  const boxes = new Map<string, { received: Received[]; key: string | null }>();
  const faults: number[] = [];
  let calls = 0;
  const server = Bun.serve({
    port: options.port ?? 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      calls += 1;
      const fault = faults.shift();
      if (fault !== undefined)
        return new Response("ordered", { status: fault, headers: { location: "/elsewhere" } });
      const { pathname, origin } = new URL(request.url);
      const box = boxes.get(pathname.slice("/send/".length));
      if (request.method !== "POST" || !pathname.startsWith("/send/"))
        return new Response(null, { status: 400 });
      if (!box) return new Response(null, { status: 410 });
      const signer = vapidSigner(request.headers.get("authorization") ?? "", origin);
      if (!signer) return new Response("bad vapid", { status: 401 });
      // A subscription belongs to the key that it was made with.
      if (box.key !== null && box.key !== signer) return new Response("other key", { status: 403 });
      if (request.headers.get("content-encoding") !== "aes128gcm") return new Response(null, { status: 415 });
      const ttl = Number(request.headers.get("ttl") ?? Number.NaN);
      if (!Number.isInteger(ttl) || ttl < 0) return new Response("no ttl", { status: 400 });
      const topic = request.headers.get("topic");
      if (topic !== null && !/^[A-Za-z0-9_-]{1,32}$/.test(topic))
        return new Response("topic", { status: 400 });
      const body = Buffer.from(await request.arrayBuffer());
      if (body.length > bytesMax) return new Response(null, { status: 413 });
      box.received.push({ body, topic, ttl, urgency: request.headers.get("urgency") });
      return new Response(null, { status: 201 });
    },
  });
  const origin = `http://localhost:${server.port}`;
  return {
    origin,
    calls: () => calls,
    /** The next calls are answered with these. */
    fault: (...statuses: number[]) => void faults.push(...statuses),
    /** A browser that subscribed; `key` is the application's public key. */
    browser(key: string | null) {
      const id = randomBytes(12).toString("hex");
      const pair = createECDH("prime256v1");
      pair.generateKeys();
      const auth = randomBytes(16);
      const box = { received: [] as Received[], key };
      boxes.set(id, box);
      return {
        subscription: {
          endpoint: `${origin}/send/${id}`,
          keys: { p256dh: pair.getPublicKey("base64url"), auth: auth.toString("base64url") },
        },
        received: box.received,
        read: (): unknown[] =>
          box.received.map(({ body }) =>
            JSON.parse(opened(body, pair.getPrivateKey(), pair.getPublicKey(), auth)),
          ),
        unsubscribe: () => void boxes.delete(id),
      };
    },
    stop: () => server.stop(true),
  };
}

/** RFC 8292: the signer's public key when the token is good for this origin; null otherwise. */
function vapidSigner(authorization: string, origin: string): string | null {
  const found = /^vapid t=([^,\s]+),\s*k=([A-Za-z0-9_-]+)$/.exec(authorization);
  const [, token = "", key = ""] = found ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  if (point.length !== 65 || point[0] !== 4) return null;
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const isGood = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  const { alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as { alg?: string };
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<
    string,
    unknown
  >;
  const now = Date.now() / 1_000;
  const isInTime = typeof exp === "number" && exp > now && exp <= now + 86_400;
  const hasContact = typeof sub === "string" && /^(mailto:|https:\/\/)/.test(sub);
  return isGood && alg === "ES256" && aud === origin && isInTime && hasContact ? key : null;
}

/** RFC 8291 over RFC 8188, one record. */
function opened(body: Buffer, privateKey: Buffer, publicKey: Buffer, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const sealed = body.subarray(21 + idLength);
  const own = createECDH("prime256v1");
  own.setPrivateKey(privateKey);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), publicKey, sender]);
  const secret = Buffer.from(hkdfSync("sha256", own.computeSecret(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", secret, salt, "Content-Encoding: nonce\0", 12));
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0) throw new Error("the record has no end");
  return padded.subarray(0, end).toString("utf8");
}
