import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import sharp from "sharp";
import { createWorld, people, type World } from "../../../test/world.ts";
import { transact } from "../../platform/verb.ts";
import { photosOf, releaseFiles, useFile } from "./index.ts";
import { forgetFile, sweepFiles } from "./sweep-files.ts";
import { eraseBytes, sweepUnclaimed } from "./workers.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await world.http(people.seller).get("/api/users/me");
});
afterAll(() => world.close());

type Sent = Uint8Array | string;
async function post(path: string, body: Sent, person: number | null = people.buyer, headers = {}) {
  const authorization = person === null ? {} : { authorization: `tma ${world.telegram.initData(person)}` };
  const response = await world.app.fetch(
    new Request(`http://localhost:8010${path}`, {
      method: "POST",
      headers: { "content-type": "image/jpeg", ...authorization, ...headers },
      body: body as BodyInit,
    }),
  );
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  return { status: response.status, body: (await response.json()) as any };
}
const fetchFile = (path: string) => world.app.fetch(new Request(`http://localhost:8010${path}`));
const bytesAt = async (path: string) => Buffer.from(await (await fetchFile(path)).arrayBuffer());
const color = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 0 } } });
const upload = async (person: number = people.buyer): Promise<string> => {
  const { status, body } = await post("/api/files", await color(60, 40).jpeg().toBuffer(), person);
  expect(status).toBe(201);
  return body.id;
};
const userOf = async (person: number): Promise<string> => {
  const { rows } = await world.app
    .context()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${person}`);
  return rows[0]?.id ?? "";
};
const claim = async (fileId: string, by: string, person: number = people.buyer) => {
  const ownerId = await userOf(person);
  return transact(world.ctx({ kind: "system", name: "test" }), (tx) => useFile(tx, { fileId, ownerId, by }));
};
const onDisk = (id: string): string[] =>
  readdirSync(world.env.FILES_DIR ?? "", { recursive: true })
    .map(String)
    .filter((name) => name.includes(id));

describe("a picture that comes in", () => {
  test("is shown without where and with what it was taken, upright, and small enough", async () => {
    const taken = await color(3000, 1200)
      .withExif({
        IFD0: { Make: "Secretphone" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "55/1 45/1 0/1" },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(taken.includes("Secretphone")).toBe(true);
    expect((await sharp(taken).metadata()).orientation).toBe(6);
    const { status, body } = await post("/api/files", taken);
    expect(status).toBe(201);
    expect([body.width, body.height]).toEqual([819, 2048]);
    const picture = await bytesAt(body.url);
    const about = await sharp(picture).metadata();
    expect([about.format, about.width, about.height]).toEqual(["jpeg", 819, 2048]);
    expect([about.exif, about.xmp, about.icc, about.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(picture.includes("Secretphone")).toBe(false);
    const preview = await sharp(await bytesAt(body.previewUrl)).metadata();
    expect([preview.width, preview.height, preview.exif]).toEqual([192, 480, undefined]);
  });

  test("may be a PNG, a WebP or an AVIF; what is transparent becomes white, and nothing is enlarged", async () => {
    for (const made of [color(50, 30, 4).png(), color(50, 30, 4).webp(), color(50, 30, 4).avif()]) {
      const { body } = await post("/api/files", await made.toBuffer());
      expect([body.width, body.height]).toEqual([50, 30]);
      const { dominant } = await sharp(await bytesAt(body.url)).stats();
      expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
    }
  });

  test("may be kept for ever by whoever got it, is never read as anything else, and needs no sign-in", async () => {
    const response = await fetchFile(`/api/files/${await upload()}/preview`);
    expect(response.status).toBe(200);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
    });
  });

  test("with the same key is the same picture; another picture under it is a conflict", async () => {
    const one = await color(20, 20).jpeg().toBuffer();
    const key = { "idempotency-key": "picture-of-a-pipe" };
    const first = await post("/api/files", one, people.buyer, key);
    const again = await post("/api/files", one, people.buyer, key);
    expect(again.body).toEqual(first.body);
    const other = await post("/api/files", await color(21, 20).jpeg().toBuffer(), people.buyer, key);
    expect(other.body.error.code).toBe("platform.key_reused");
  });
});

describe("what is no picture", () => {
  test("is refused by what it is, whatever it is called", async () => {
    const gif = await color(4, 4).gif().toBuffer();
    const whole = await color(400, 300).jpeg().toBuffer();
    const wrong: Sent[] = [
      "hello",
      "",
      "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
      "<!doctype html><script>alert(1)</script>",
      gif,
      whole.subarray(0, 200),
      new Uint8Array([0xff, 0xd8, 0xff, ...new Array(500).fill(0x20)]),
    ];
    for (const one of wrong) {
      const { status, body } = await post("/api/files", one);
      expect([status, body.error.code]).toEqual([422, "files.not_a_picture"]);
    }
  });

  test("what is hidden behind a true picture does not come through", async () => {
    const whole = await color(40, 30).jpeg().toBuffer();
    const hidden = Buffer.concat([whole, Buffer.from("<script>alert(document.domain)</script>")]);
    const { body } = await post("/api/files", hidden);
    expect((await bytesAt(body.url)).includes("<script>")).toBe(false);
  });

  test("few bytes that would fill the memory are refused before they are unpacked", async () => {
    const bomb = await color(9_000, 8_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    const { status, body } = await post("/api/files", bomb);
    expect([status, body.error.code]).toEqual([422, "files.too_large"]);
    // A header that promises four thousand million pixels, and nothing behind it.
    const claim = Buffer.from(await color(8, 8).png().toBuffer());
    claim.writeUInt32BE(65_000, 16);
    claim.writeUInt32BE(65_000, 20);
    expect((await post("/api/files", claim)).status).toBe(422);
  });

  test("more than ten megabytes are not read, said so beforehand or not", async () => {
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    expect((await post("/api/files", large)).body.error.code).toBe("platform.body_too_large");
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)),
    });
    const { body } = await post("/api/files", stream as unknown as Sent);
    expect(body.error.code).toBe("platform.body_too_large");
  });

  test("nobody sends one without signing in, and an id of nothing shows nothing", async () => {
    const picture = await color(10, 10).jpeg().toBuffer();
    expect((await post("/api/files", picture, null)).status).toBe(401);
    for (const path of [`/api/files/${crypto.randomUUID()}`, "/api/files/x", "/api/files/..%2f..%2fetc"])
      expect((await fetchFile(path)).status).toBe(404);
  });
});

describe("whose it is", () => {
  test("only its owner can use it, once; for the same use again is nothing new", async () => {
    const id = await upload();
    await expect(claim(id, "test.order:1", people.seller)).rejects.toThrow("files.not_found");
    const photo = await claim(id, "test.order:1");
    expect(await photosOf(world.ctx().db, [id, crypto.randomUUID()])).toEqual(new Map([[id, photo]]));
    expect(photo).toMatchObject({ id, url: `/api/files/${id}`, width: 60, height: 40 });
    expect(await claim(id, "test.order:1")).toEqual(photo);
    await expect(claim(id, "test.order:2")).rejects.toThrow("files.in_use");
    await expect(claim(crypto.randomUUID(), "test.order:1")).rejects.toThrow("files.not_found");
  });

  test("of many uses at once exactly one gets it", async () => {
    const id = await upload();
    const tried = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => claim(id, `test.order:${at}`)),
    );
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("a use that did not commit took nothing", async () => {
    const id = await upload();
    const ownerId = await userOf(people.buyer);
    const failing = transact(world.ctx({ kind: "system", name: "test" }), async (tx) => {
      await useFile(tx, { fileId: id, ownerId, by: "test.order:1" });
      throw new Error("not this time");
    });
    await expect(failing).rejects.toThrow("not this time");
    expect((await claim(id, "test.order:2")).id).toBe(id);
  });

  test("one person holds forty that belong to nothing, however many come at once", async () => {
    const picture = await color(8, 8).jpeg().toBuffer();
    const sent = await Promise.all(
      Array.from({ length: 44 }, () => post("/api/files", picture, people.other)),
    );
    const outcomes = sent.map(({ status, body }) => (status === 201 ? "kept" : body.error.code));
    expect(outcomes.filter((one) => one === "kept").length).toBeLessThanOrEqual(40);
    for (const one of outcomes) expect(["kept", "files.too_many", "platform.unavailable"]).toContain(one);
  });
});

describe("what nobody uses", () => {
  test("goes after a day, bytes and all; what is used stays, and what was let go follows a day later", async () => {
    const [idle, used, freed] = [await upload(), await upload(), await upload()];
    await claim(used, "test.order:stays");
    await claim(freed, "test.order:ends");
    await transact(world.ctx({ kind: "system", name: "test" }), (tx) =>
      releaseFiles(tx, { by: "test.order:ends" }),
    );
    await sweepFiles(world.ctx({ kind: "system", name: "test" }), {});
    await world.settle();
    expect((await fetchFile(`/api/files/${idle}`)).status).toBe(200);
    await world.advance(24 * 3600 + 60);
    await sweepUnclaimed.run(
      world.ctx({ kind: "system", name: "test" }),
      {},
      { key: "1", attempt: 1, isLast: false },
    );
    await expect(claim(idle, "test.order:late")).rejects.toThrow("files.not_found");
    await world.settle();
    expect([onDisk(idle), onDisk(freed)]).toEqual([[], []]);
    expect(onDisk(used)).toHaveLength(2);
    expect((await fetchFile(`/api/files/${idle}`)).status).toBe(404);
    expect((await fetchFile(`/api/files/${used}`)).status).toBe(200);
    // A worker may run twice, and a stray one forgets nothing that is still there.
    await eraseBytes.run(
      world.ctx({ kind: "system", name: "test" }),
      { id: idle },
      { key: "1", attempt: 2, isLast: false },
    );
    await forgetFile(world.ctx({ kind: "system", name: "test" }), { id: used });
    expect((await fetchFile(`/api/files/${used}`)).status).toBe(200);
  });
});

test("when the place of files is away the sender hears so, and what was begun is swept", async () => {
  const { FILES_DIR: _none, ...env } = world.env;
  const { createApp } = await import("../../app.ts");
  const app = await createApp({ env });
  const picture = await color(10, 10).jpeg().toBuffer();
  const response = await app.fetch(
    new Request("http://localhost:8010/api/files", {
      method: "POST",
      headers: { authorization: `tma ${world.telegram.initData(people.stranger)}` },
      body: picture as BodyInit,
    }),
  );
  await app.stop();
  expect(response.status).toBe(503);
  await world.advance(24 * 3600 + 60);
  expect((await sweepFiles(world.ctx({ kind: "system", name: "test" }), {})).found).toBeGreaterThan(0);
});
