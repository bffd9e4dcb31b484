/** The chain's library expects Node's `Buffer` to be there. Imported before it, and only in its lazy part. */
import { Buffer } from "buffer";

globalThis.Buffer ??= Buffer;
