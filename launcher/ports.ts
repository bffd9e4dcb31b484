/** Ports of the local world: each takes the next free one when it is busy. */
import { createServer } from "node:net";

export type Ports = {
  /** The Local Telegram: the one address that a person opens. */
  readonly page: number;
  /** An origin for each of the three phones. */
  readonly phones: readonly [number, number, number];
  readonly product: number;
  readonly ton: number;
  readonly rates: number;
  readonly yooKassa: number;
  readonly postgres: number;
  readonly metrics: number;
};

/** Where the search begins; SOUK_PORT moves all of them together. */
export const FIRST_PORT = 8000;

/** Picks the ports. Between here and their use somebody else may take one; the process that wanted it then says so. */
export async function choosePorts(first = FIRST_PORT): Promise<Ports> {
  const chosen = new Set<number>();
  const pick = async (offset: number): Promise<number> => {
    for (let port = first + offset; port <= 65_535; port += 1) {
      if (chosen.has(port) || !(await isFree(port))) continue;
      chosen.add(port);
      return port;
    }
    throw new Error(`No free port from ${first + offset} upwards.`);
  };
  return {
    page: await pick(0),
    phones: [await pick(1), await pick(2), await pick(3)],
    product: await pick(10),
    ton: await pick(20),
    rates: await pick(25),
    yooKassa: await pick(26),
    postgres: await pick(30),
    metrics: await pick(90),
  };
}

/** Free on every interface of both families: somebody who listens on one of them would answer for us there. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "0.0.0.0", "::1", "::"]) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      done(error.code !== "EADDRINUSE" && error.code !== "EACCES"),
    );
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
}
