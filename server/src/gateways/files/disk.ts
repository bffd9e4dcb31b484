/** Files in a folder of this machine, spread over 256 folders by the first letters of their names. */
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FilesPort, StoredBytes } from "./port.ts";

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

export function diskFiles(folder: string): FilesPort {
  const pathOf = (name: string): string => {
    if (!/^[A-Za-z0-9][A-Za-z0-9.-]{2,99}$/.test(name)) throw new Error("not the name of a file");
    return join(folder, name.slice(0, 2), name);
  };
  return {
    async put(name, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true });
      // Whoever reads meanwhile finds the old bytes or the new ones, and a crash leaves no half of a file under its name.
      const half = `${path}.${crypto.randomUUID()}.part`;
      const handle = await open(half, "wx", 0o640);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(half, path);
    },
    async get(name) {
      try {
        return new Uint8Array(await readFile(pathOf(name))) as StoredBytes;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}
