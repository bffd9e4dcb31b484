/** What happens at the same moment. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type MadeUpWallet, madeUpWallet, payloadFor, prove } from "../../../../test/made-up-wallet.ts";
import { createWorld, type HttpClient, type World } from "../../../../test/world.ts";
import { transact } from "../../../platform/verb.ts";
import { releaseWallet, userByTelegramId, useWallet } from "../index.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

const link = async (client: HttpClient, wallet: MadeUpWallet) =>
  client.post("/api/wallets", prove(wallet, await payloadFor(client), world.ctx().clock.now()));
const shown = (wallet: MadeUpWallet): string => wallet.address.toString({ bounceable: false });
const list = async (client: HttpClient): Promise<[string, boolean][]> =>
  (await client.get("/api/wallets")).body.map((one: { address: string; isPrimary: boolean }) => [
    one.address,
    one.isPrimary,
  ]);

test("the same proof twice links once", async () => {
  const client = world.http(1011);
  const proof = prove(madeUpWallet(), await payloadFor(client), world.ctx().clock.now());
  const answers = await Promise.all(Array.from({ length: 6 }, () => client.post("/api/wallets", proof)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
});

test("two people who prove one wallet: one has it", async () => {
  const wallet = madeUpWallet();
  const answers = await Promise.all([1012, 1013].map((person) => link(world.http(person), wallet)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
});

test("two first wallets: one is primary", async () => {
  const client = world.http(1014);
  await Promise.all([
    link(client, madeUpWallet()),
    link(client, madeUpWallet()),
    link(client, madeUpWallet()),
  ]);
  expect((await list(client)).map(([, isPrimary]) => isPrimary)).toEqual([true, false, false]);
});

test("choosing two primaries leaves one", async () => {
  const client = world.http(1014);
  const all = (await list(client)).map(([address]) => address);
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(all.map((address) => client.put(`/api/wallets/${address}`, { isPrimary: true })));
    expect((await list(client)).filter(([, isPrimary]) => isPrimary)).toHaveLength(1);
  }
});

test("pinning and removing: either the deal has the wallet or it is gone", async () => {
  const client = world.http(1015);
  for (let round = 0; round < 6; round += 1) {
    const wallet = madeUpWallet();
    await link(client, wallet);
    const use = {
      userId: (await userByTelegramId(world.ctx().db, "1015")) ?? "",
      address: shown(wallet),
      by: `deal:race-${round}`,
    };
    const [pinned, removed] = await Promise.all([
      transact(world.ctx(), (tx) => useWallet(tx, use)).then(
        () => true,
        () => false,
      ),
      client.del(`/api/wallets/${shown(wallet)}`),
    ]);
    expect([pinned, removed.status]).toEqual(pinned ? [true, 409] : [false, 204]);
    await transact(world.ctx(), (tx) => releaseWallet(tx, { by: use.by }));
  }
});
