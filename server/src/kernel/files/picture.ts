/**
 * Any picture made into ours: a JPEG without a word about where and with what it was taken, and a small one for lists. It is decoded
 * and encoded anew, so nothing of what was hidden in the file survives.
 */
import type { Sharp } from "sharp";
import type { StoredBytes } from "../../gateways/files/port.ts";
import { platformErrors } from "../../platform/errors.ts";
import { fileErrors } from "./errors.ts";
import { formatOf, pictureSideMax, pixelsMax, previewSideMax } from "./rules.ts";

export type Picture = { picture: StoredBytes; preview: StoredBytes; width: number; height: number };

const secondsMax = 15;
/** A picture in work holds some hundred megabytes at worst; others wait, and too many are sent away. */
const atOnceMax = 2;
const waitingMax = 30;
let working = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (working >= atOnceMax) {
    if (waiting.length >= waitingMax) throw platformErrors.unavailable();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else working += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

/** Only what `formatOf` lets through: the library knows many more, and each is a decoder to attack. */
async function openSharp(): Promise<typeof import("sharp").default> {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({
    operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"],
  });
  return sharp;
}
let opened: ReturnType<typeof openSharp> | undefined;

/** Throws `files.not_a_picture` or `files.too_large`. */
export async function makePicture(bytes: StoredBytes): Promise<Picture> {
  if (formatOf(bytes) === undefined) throw fileErrors.not_a_picture();
  opened ??= openSharp();
  const sharp = await opened;
  return inTurn(async () => {
    try {
      const options = { limitInputPixels: pixelsMax, failOn: "error", sequentialRead: true } as const;
      const { width = 0, height = 0 } = await sharp(bytes, options).metadata();
      if (width * height > pixelsMax) throw fileErrors.too_large({ pixelsMax });
      const picture = await encode(sharp(bytes, options), pictureSideMax, 84);
      // From the finished one: what was large is decoded once.
      const preview = await encode(sharp(picture.data, options), previewSideMax, 72);
      return {
        picture: copyOf(picture.data),
        preview: copyOf(preview.data),
        width: picture.info.width,
        height: picture.info.height,
      };
    } catch (error) {
      if (error instanceof Error && /pixel limit/.test(error.message))
        throw fileErrors.too_large({ pixelsMax });
      if (error instanceof Error && "kind" in error) throw error;
      throw fileErrors.not_a_picture();
    }
  });
}

/** Turned upright as the camera said; what is transparent becomes white. Of its data only the pixels go on. */
const encode = (source: Sharp, side: number, quality: number) =>
  source
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .jpeg({ quality, progressive: true })
    .timeout({ seconds: secondsMax })
    .toBuffer({ resolveWithObject: true });

const copyOf = (data: Buffer): StoredBytes => new Uint8Array(data) as StoredBytes;
