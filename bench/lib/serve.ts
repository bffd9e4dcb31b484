/** A server as a process of its own, with its log in a file, as in earnest. It prints its port when it is ready. */
import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");

export type Server = { pid: number; port: number; stop(): Promise<void> };

export async function serve(
  name: string,
  file: string,
  environment: Record<string, string>,
  directory = mkdtempSync(join(tmpdir(), "souk-bench-")),
): Promise<Server> {
  const path = join(directory, `${name}.log`);
  const log = openSync(path, "w");
  const child = Bun.spawn([process.execPath, join(root, file)], {
    stdout: log,
    stderr: log,
    env: { ...process.env, ...environment },
  });
  closeSync(log);
  for (;;) {
    const said = readFileSync(path, "utf8");
    const line = said.split("\n").find((text) => text.includes('"ready":true') && text.endsWith("}"));
    if (line) {
      const { port } = JSON.parse(line) as { port: number };
      const stop = async (): Promise<void> => {
        child.kill("SIGTERM");
        await child.exited;
      };
      return { pid: child.pid, port, stop };
    }
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`);
    await Bun.sleep(50);
  }
}
