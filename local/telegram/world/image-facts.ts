/** Kind and size of a picture, read from its first bytes. */
export interface ImageFacts {
  readonly extension: "jpg" | "png" | "gif" | "webp";
  readonly mime: string;
  readonly width: number;
  readonly height: number;
}

/** Null for anything that is not a PNG, JPEG, GIF or WebP picture. */
export function imageFacts(bytes: Uint8Array): ImageFacts | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30) return null;
  if (view.getUint32(0) === 0x89504e47) {
    return { extension: "png", mime: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (view.getUint32(0) === 0x47494638) {
    return {
      extension: "gif",
      mime: "image/gif",
      width: view.getUint16(6, true),
      height: view.getUint16(8, true),
    };
  }
  if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return webpFacts(view);
  return view.getUint16(0) === 0xffd8 ? jpegFacts(view) : null;
}

function webpFacts(view: DataView): ImageFacts | null {
  const base = { extension: "webp", mime: "image/webp" } as const;
  const kind = view.getUint32(12);
  if (kind === 0x56503858) {
    const width = 1 + (view.getUint32(24, true) & 0xffffff);
    return { ...base, width, height: 1 + (view.getUint16(27, true) | (view.getUint8(29) << 16)) };
  }
  if (kind === 0x56503820) {
    return { ...base, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { ...base, width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
  }
  return null;
}

/** Walks the markers of a JPEG to the frame header, which holds the size. */
function jpegFacts(view: DataView): ImageFacts | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const height = view.getUint16(at + 5);
      return { extension: "jpg", mime: "image/jpeg", width: view.getUint16(at + 7), height };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
