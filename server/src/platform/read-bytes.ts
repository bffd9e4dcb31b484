/** The bytes of a request, no more of them than allowed: a longer one is left unread. */
import { platformErrors } from "./errors.ts";

export const noBytes = new Uint8Array(new ArrayBuffer(0));

/** Throws `platform.body_too_large`. */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => platformErrors.body_too_large({ bytesMax });
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > bytesMax) throw tooLarge();
    parts.push(part);
  }
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
