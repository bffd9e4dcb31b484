import { expect, test } from "bun:test";
import { createServer, type Server } from "node:net";
import { choosePorts, isFree } from "./ports.ts";

function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => done(server));
  });
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

test("a busy port takes the next one, and no port is given twice", async () => {
  const busy = await listen(0, "127.0.0.1");
  const first = portOf(busy);
  const ports = await choosePorts(first);
  const all = [
    ports.page,
    ...ports.phones,
    ports.product,
    ports.ton,
    ports.rates,
    ports.yooKassa,
    ports.postgres,
    ports.metrics,
  ];
  expect(all).not.toContain(first);
  expect(new Set(all).size).toBe(all.length);
  expect(ports.page).toBeGreaterThan(first);
  busy.close();
});

test("a port is busy whoever holds it on whichever interface", async () => {
  for (const host of ["127.0.0.1", "0.0.0.0", "::1", "::"]) {
    const server = await listen(0, host).catch(() => undefined);
    // A machine without IPv6 cannot have such a listener either.
    if (!server) continue;
    expect(await isFree(portOf(server)), host).toBe(false);
    server.close();
  }
});
