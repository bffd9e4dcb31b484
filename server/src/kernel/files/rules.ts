/** What counts as a picture, and the limits. Pure. */

/** Long sides, in pixels. */
export const pictureSideMax = 2048;
export const previewSideMax = 480;
/** Decoded: more than any telephone takes, less than what fills a machine. */
export const pixelsMax = 64_000_000;
/** Pictures of one person that belong to nothing. */
export const freeMax = 40;
export const freeSeconds = 24 * 3600;

export type PictureFormat = "jpeg" | "png" | "webp" | "avif";

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  bytes.length >= at + text.length &&
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** By the first bytes: what a sender claims is not asked. Undefined is no picture that we take (SVG for one is a program). */
export function formatOf(bytes: Uint8Array): PictureFormat | undefined {
  if (startsWith(bytes, "\xff\xd8\xff")) return "jpeg";
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "png";
  if (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8)) return "webp";
  if (startsWith(bytes, "ftypavif", 4)) return "avif";
  return undefined;
}

/** Names of the two files of a picture in their place. */
export const namesOf = (id: string): { picture: string; preview: string } => ({
  picture: `${id}.jpg`,
  preview: `${id}.preview.jpg`,
});
