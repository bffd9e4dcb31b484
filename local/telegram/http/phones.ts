/** A phone's own origin: a port that passes every byte on to the product server, so that browsers keep its storage apart. */
import { createConnection, createServer, type Server, type Socket } from "node:net";

export interface PhonePort {
  readonly port: number;
  stop(): Promise<void>;
}

/** @param port 0 for any free one. Rejects when the port is taken. */
export async function openPhone(port: number, host: string, productOrigin: string): Promise<PhonePort> {
  const target = new URL(productOrigin);
  const targetPort = Number(target.port || (target.protocol === "https:" ? 443 : 80));
  const targetHost = target.hostname.replace(/^\[|\]$/g, "");
  const sockets = new Set<Socket>();
  const server: Server = createServer((incoming) => {
    const outgoing = createConnection({ port: targetPort, host: targetHost });
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("close", () => sockets.delete(socket));
    }
    const end = (): void => {
      incoming.destroy();
      outgoing.destroy();
    };
    incoming.on("error", end);
    outgoing.on("error", end);
    incoming.on("close", end);
    outgoing.on("close", end);
    incoming.pipe(outgoing);
    outgoing.pipe(incoming);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a phone has no port");
  return {
    port: address.port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
