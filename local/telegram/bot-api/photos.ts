/** A photo as a bot may give it: uploaded, by `file_id`, or by an address that Telegram fetches. */

import { fileName } from "../world/files.ts";
import type { StoredPhoto } from "../world/model.ts";
import { badRequest } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import { isUpload } from "./params.ts";

const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
const MAX_URL_BYTES = 5 * 1024 * 1024;
const FETCH_MS = 10_000;
const MAX_SIDES = 10_000;

/** @throws Refusal 400 in Telegram's words. */
export async function takePhoto(world: World, photo: unknown): Promise<StoredPhoto> {
  if (isUpload(photo)) return keep(world, photo.bytes, MAX_UPLOAD_BYTES, "IMAGE_PROCESS_FAILED");
  if (typeof photo !== "string" || photo === "") throw badRequest("there is no photo in the request");
  if (/^https?:\/\//i.test(photo)) {
    return keep(world, await fetchPhoto(photo), MAX_URL_BYTES, "wrong type of the web page content");
  }
  const name = fileName(photo);
  const facts = name === null ? null : world.files.facts(name);
  if (name === null || !facts) throw badRequest("wrong file identifier/HTTP URL specified");
  const size = world.files.read(name)?.length ?? 0;
  return { file: name, width: facts.width, height: facts.height, size };
}

async function fetchPhoto(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (response.ok) return await response.bytes();
  } catch {
    // Whatever hinders the fetch, Telegram says the same.
  }
  throw badRequest("failed to get HTTP URL content");
}

function keep(world: World, bytes: Uint8Array, limit: number, fault: string): StoredPhoto {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (bytes.length > limit) throw badRequest("file is too big");
  const stored = world.files.save(bytes);
  if (!stored) throw badRequest(fault);
  const { width, height } = stored.facts;
  if (width + height > MAX_SIDES || Math.max(width / height, height / width) > 20) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  return { file: stored.name, width, height, size: bytes.length };
}
