/** Messages as cells: reading, hashing, and the normalised hash of external ones. */
import { beginCell, type Cell, loadMessage, type Message, storeMessage } from "@ton/core";

export function readMessage(cell: Cell): Message {
  return loadMessage(cell.beginParse());
}

/**
 * The hash of a message, and for one from outside its normalised hash (TEP-467: no source, no import fee, no state, body in a
 * reference), which stays the same however a client or a node packs the message. Both lower-case hex.
 */
export function messageHashes(cell: Cell): { hash: string; normalized: string } {
  const hash = cell.hash().toString("hex");
  const message = readMessage(cell);
  if (message.info.type !== "external-in") return { hash, normalized: hash };
  const normalized = beginCell()
    .storeUint(2, 2)
    .storeUint(0, 2)
    .storeAddress(message.info.dest)
    .storeUint(0, 4)
    .storeBit(false)
    .storeBit(true)
    .storeRef(message.body)
    .endCell();
  return { hash, normalized: normalized.hash().toString("hex") };
}

export function messageCell(message: Message): Cell {
  return beginCell().store(storeMessage(message)).endCell();
}
