/**
 * Pictures of the world: drawn avatars (never stored, made from a word) and uploads (kept on disk, named by their hash).
 * A `file_id` names either; like Telegram's it is opaque to the bot.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawAvatar } from "./avatars.ts";
import { type ImageFacts, imageFacts } from "./image-facts.ts";

export interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
}

export class Files {
  private readonly dir: string | null;
  private readonly memory = new Map<string, Uint8Array>();

  constructor(dir: string | null) {
    this.dir = dir;
  }

  /** The bytes of a file by its name (`avatar-leaf-320.png`, `<sha256>.jpg`), or undefined. */
  read(name: string): Uint8Array | undefined {
    const known = this.memory.get(name);
    if (known) return known;
    const drawn = /^avatar-([a-z0-9_]{1,40})-(160|320)\.png$/.exec(name);
    if (drawn?.[1]) {
      const bytes = drawAvatar(drawn[1], Number(drawn[2]));
      this.memory.set(name, bytes);
      return bytes;
    }
    if (!this.dir || !/^[0-9a-f]{64}\.(jpg|png|gif|webp)$/.test(name)) return undefined;
    const path = join(this.dir, name);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  /** Keeps an uploaded picture; null when it is not one that Telegram would take as a photo. */
  save(bytes: Uint8Array): StoredFile | null {
    const facts = imageFacts(bytes);
    if (!facts) return null;
    const name = `${createHash("sha256").update(bytes).digest("hex")}.${facts.extension}`;
    if (this.dir) {
      mkdirSync(this.dir, { recursive: true });
      writeFileSync(join(this.dir, name), bytes);
    } else {
      this.memory.set(name, bytes);
    }
    return { name, bytes, facts };
  }

  facts(name: string): ImageFacts | null {
    const bytes = this.read(name);
    return bytes ? imageFacts(bytes) : null;
  }

  clear(): void {
    this.memory.clear();
    if (this.dir) rmSync(this.dir, { recursive: true, force: true });
  }
}

const FILE_ID_PREFIX = "AgACAgIAAxk";

/** The `file_id` of a file, as the bot sees it. */
export function fileId(name: string): string {
  return FILE_ID_PREFIX + Buffer.from(name).toString("base64url");
}

/** The name behind a `file_id`, or null for one that we never made. */
export function fileName(id: string): string | null {
  if (!id.startsWith(FILE_ID_PREFIX)) return null;
  return Buffer.from(id.slice(FILE_ID_PREFIX.length), "base64url").toString("utf8");
}

export function fileUniqueId(name: string): string {
  return `AQAD${createHash("sha256").update(name).digest("base64url").slice(0, 12)}`;
}
