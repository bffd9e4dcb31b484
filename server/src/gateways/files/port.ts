/** A place for bytes by name. What they are, whose, and for how long is the kernel's. */
import { OutsideFailure } from "../../platform/gateway.ts";

export type StoredBytes = Uint8Array<ArrayBuffer>;

/** Names are ours: letters, digits, dots and dashes, no folders. */
export type FilesPort = {
  /** Writing again under the same name replaces the bytes, whole. */
  put(name: string, bytes: StoredBytes, type: string): Promise<void>;
  /** Null when there is nothing of that name. */
  get(name: string): Promise<StoredBytes | null>;
  /** Of what is not there, too. */
  remove(name: string): Promise<void>;
};

/** The place did not answer, refused, or was never configured. */
export class FilesFailure extends OutsideFailure {
  override readonly name = "FilesFailure";
}
