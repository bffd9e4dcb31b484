import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testEnvironment } from "../../../test/context.ts";
import { type StrictS3, startStrictS3 } from "../../../test/strict-s3.ts";
import { createLog } from "../../platform/log.ts";
import { readSettings } from "../../platform/settings.ts";
import { createFiles } from "./gateway.ts";
import { FilesFailure, type FilesPort, type StoredBytes } from "./port.ts";

const open = (env: Record<string, string>): FilesPort =>
  createFiles({
    settings: readSettings({ ...testEnvironment("postgres://nowhere"), ...env }),
    log: createLog("silent"),
    metrics: undefined,
    timeoutMs: 800,
  });
const bytesOf = (text: string): StoredBytes => new TextEncoder().encode(text) as StoredBytes;
const account = {
  bucket: "souk-test",
  keyId: "AKIATEST",
  secret: "s3cret/with+signs=",
  region: "eu-north-1",
};

let folder = "";
let s3: StrictS3;
const s3Env = (): Record<string, string> => ({
  FILES_S3_BUCKET: account.bucket,
  FILES_S3_URL: s3.url,
  FILES_S3_REGION: account.region,
  FILES_S3_KEY_ID: account.keyId,
  FILES_S3_SECRET: account.secret,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "souk-files-"));
  s3 = await startStrictS3(account);
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  s3.faults.length = 0;
});

for (const [place, env] of [
  ["a folder", () => ({ FILES_DIR: folder })],
  ["a bucket", s3Env],
] as const)
  describe(place, () => {
    test("what was put is got, byte by byte, and again under the same name it is the new bytes", async () => {
      const files = open(env());
      const all = new Uint8Array(70_000).map((_, at) => at % 251) as StoredBytes;
      await files.put("aa-one.jpg", all, "image/jpeg");
      expect(await files.get("aa-one.jpg")).toEqual(all);
      await files.put("aa-one.jpg", bytesOf("short"), "image/jpeg");
      expect(await files.get("aa-one.jpg")).toEqual(bytesOf("short"));
    });

    test("what was never there is null, and taking it away is no fault", async () => {
      const files = open(env());
      expect(await files.get("bb-none.jpg")).toBeNull();
      await files.remove("bb-none.jpg");
      await files.put("bb-some.jpg", bytesOf("x"), "image/jpeg");
      await files.remove("bb-some.jpg");
      expect(await files.get("bb-some.jpg")).toBeNull();
    });

    test("many at once under one name leave one of them whole", async () => {
      const files = open(env());
      const each = Array.from({ length: 12 }, (_, at) => bytesOf(String(at).repeat(5_000)));
      await Promise.all(each.map((bytes) => files.put("cc-many.jpg", bytes, "image/jpeg")));
      const left = new TextDecoder().decode((await files.get("cc-many.jpg")) ?? undefined);
      expect(each.map((bytes) => new TextDecoder().decode(bytes))).toContain(left);
    });
  });

test("a name that could leave the folder is refused, and no half of a file stays", async () => {
  const files = open({ FILES_DIR: folder });
  for (const name of ["../../etc/passwd", "a/b.jpg", "..", "x\u0000.jpg", ""])
    await expect(files.put(name, bytesOf("x"), "image/jpeg")).rejects.toThrow("not the name of a file");
  const left = await readdir(folder, { recursive: true });
  expect(left.filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a bucket's passing fault is tried again; silence and refusal are failures that say so", async () => {
  s3.faults.push(500, 503);
  const files = open(s3Env());
  await files.put("dd.jpg", bytesOf("kept"), "image/jpeg");
  expect(s3.objects.get("souk/dd.jpg")?.bytes).toEqual(bytesOf("kept"));
  expect(s3.objects.get("souk/dd.jpg")?.type).toBe("image/jpeg");
  s3.faults.push("silence", "silence", "silence");
  await expect(files.get("dd.jpg")).rejects.toBeInstanceOf(FilesFailure);
  s3.faults.length = 0;
  const stranger = open({ ...s3Env(), FILES_S3_SECRET: "another" });
  await expect(stranger.put("dd.jpg", bytesOf("forged"), "image/jpeg")).rejects.toBeInstanceOf(FilesFailure);
  await expect(stranger.get("dd.jpg")).rejects.toBeInstanceOf(FilesFailure);
  expect(s3.objects.get("souk/dd.jpg")?.bytes).toEqual(bytesOf("kept"));
}, 20_000);

test("with neither folder nor bucket only files do not work", async () => {
  await expect(open({}).get("ee.jpg")).rejects.toBeInstanceOf(FilesFailure);
});
