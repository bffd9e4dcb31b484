/**
 * Heads of the chain in files, one a day, one line a seal. Whoever copies them elsewhere can prove later that nothing before was
 * changed. They are only ever appended to.
 */
import { createReadStream } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Anchor = { no: bigint; hash: Buffer; at: Date };

/** On the disk when it resolves. */
export async function anchor(directory: string, { no, hash, at }: Anchor): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = await open(join(directory, `${at.toISOString().slice(0, 10)}.jsonl`), "a", 0o600);
  try {
    await file.appendFile(
      `${JSON.stringify({ no: no.toString(), hash: hash.toString("hex"), at: at.toISOString() })}\n`,
    );
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Every anchor that was written, in order; a torn last line (a crash while writing) is passed over. */
export async function* readAnchors(directory: string): AsyncGenerator<Anchor> {
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith(".jsonl")).sort();
  for (const name of names) {
    for await (const line of createInterface({ input: createReadStream(join(directory, name)) })) {
      const read = /^\{"no":"(\d{1,19})","hash":"([0-9a-f]{64})","at":"([^"]+)"\}$/.exec(line);
      if (read?.[1] && read[2] && read[3])
        yield { no: BigInt(read[1]), hash: Buffer.from(read[2], "hex"), at: new Date(read[3]) };
    }
  }
}
