import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Address } from "@ton/core";
import {
  type MadeUpWallet,
  madeUpWallet,
  payloadFor,
  prove as proveAt,
} from "../../../../test/made-up-wallet.ts";
import { createWorld, type HttpClient, people, type World } from "../../../../test/world.ts";
import { transact } from "../../../platform/verb.ts";
import { primaryWallet, releaseWallet, userByTelegramId, useWallet } from "../index.ts";
import { createProofPayload } from "./create-proof-payload.ts";
import { linkWallet } from "./link-wallet.ts";
import { removeWallet } from "./remove-wallet.ts";
import { setPrimaryWallet } from "./set-primary-wallet.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

const newWallet = madeUpWallet;
const prove = (wallet: MadeUpWallet, payload: string, domain?: string) =>
  proveAt(wallet, payload, world.ctx().clock.now(), domain);
type Client = HttpClient;
const link = async (client: Client, wallet: MadeUpWallet) =>
  client.post("/api/wallets", prove(wallet, await payloadFor(client)));
const shown = (wallet: MadeUpWallet): string => wallet.address.toString({ bounceable: false });
const list = async (client: Client): Promise<[string, boolean][]> =>
  (await client.get("/api/wallets")).body.map((one: { address: string; isPrimary: boolean }) => [
    one.address,
    one.isPrimary,
  ]);
const userOf = async (person: number): Promise<string> => {
  await world.http(person).get("/api/users/me");
  return (await userByTelegramId(world.ctx().db, String(person))) ?? "";
};
const asUser = async (person: number) =>
  world.ctx({ kind: "user", userId: await userOf(person), telegramId: String(person), staffRoles: [] });

describe("linking", () => {
  test("the first wallet becomes the primary, the next does not; each shows as non-bounceable", async () => {
    const client = world.http(people.seller);
    const [first, second] = [newWallet("v5"), newWallet("v4")];
    const answer = await link(client, first);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      address: shown(first),
      network: "-3",
      version: "v5r1",
      isPrimary: true,
      isInUse: false,
    });
    expect((await link(client, second)).body).toMatchObject({ version: "v4r2", isPrimary: false });
    expect(await list(client)).toEqual([
      [shown(first), true],
      [shown(second), false],
    ]);
    expect((await client.get("/api/users/me")).body.wallets).toHaveLength(2);
  });

  test("one's own wallet again changes nothing", async () => {
    const client = world.http(people.buyer);
    const wallet = newWallet();
    const before = await link(client, wallet);
    const again = await link(client, wallet);
    expect(again.body).toEqual(before.body);
    expect(await list(client)).toHaveLength(1);
  });

  test("the wallet of the local world proves itself through the API", async () => {
    const { status, body } = await world.linkWallet(people.arbiter);
    expect([status, body.isPrimary]).toEqual([201, true]);
  });

  test("a wallet that somebody else has linked is refused until they remove it", async () => {
    const wallet = newWallet();
    const [mine, theirs] = [world.http(people.seller), world.http(people.stranger)];
    await link(theirs, wallet);
    const refused = await link(mine, wallet);
    expect([refused.status, refused.body.error.code]).toEqual([409, "identity.wallet_taken"]);
    await theirs.del(`/api/wallets/${shown(wallet)}`);
    expect((await link(mine, wallet)).status).toBe(201);
  });

  test("a person may link ten wallets, not eleven", async () => {
    const client = world.http(1006);
    for (let n = 0; n < 10; n += 1) expect((await link(client, newWallet())).status).toBe(201);
    const { status, body } = await link(client, newWallet());
    expect([status, body.error]).toMatchObject([
      409,
      { code: "identity.too_many_wallets", details: { max: 10 } },
    ]);
  });
});

describe("a proof", () => {
  const refused = async (client: Client, body: unknown): Promise<string> =>
    (await client.post("/api/wallets", body)).body.error.code;

  test("is taken once: a replay is refused", async () => {
    const client = world.http(people.other);
    const proof = prove(newWallet(), await payloadFor(client));
    expect((await client.post("/api/wallets", proof)).status).toBe(201);
    expect(await refused(client, proof)).toBe("identity.proof_payload");
  });

  test("is taken from the person to whom the payload was given, and from nobody else", async () => {
    const payload = await payloadFor(world.http(people.seller));
    const proof = prove(newWallet(), payload);
    expect(await refused(world.http(people.buyer), proof)).toBe("identity.proof_payload");
    expect((await world.http(people.seller).post("/api/wallets", proof)).status).toBe(201);
  });

  test("with a payload given in one session is not taken in another", async () => {
    const sign = async () => {
      const initData = world.telegram.initData(people.seller);
      const { body } = await world.http(null).post("/api/auth/telegram", { initData });
      return world.httpAs(`Bearer ${body.accessToken}`);
    };
    const [here, there] = [await sign(), await sign()];
    const proof = prove(newWallet(), await payloadFor(here));
    expect(await refused(there, proof)).toBe("identity.proof_payload");
    expect(await refused(world.http(people.seller), proof)).toBe("identity.proof_payload");
    expect((await here.post("/api/wallets", proof)).status).toBe(201);
  });

  test("with a payload older than fifteen minutes, or one of the wallet's own making, is refused", async () => {
    const client = world.http(people.other);
    const payload = await payloadFor(client);
    await world.advance(901);
    expect(await refused(client, prove(newWallet(), payload))).toBe("identity.proof_payload");
    expect(await refused(client, prove(newWallet(), "00".repeat(32)))).toBe("identity.proof_payload");
  });

  test("that is not good leaves the payload for a good one", async () => {
    const client = world.http(people.other);
    const payload = await payloadFor(client);
    const wallet = newWallet();
    expect(await refused(client, prove(wallet, payload, "evil.example"))).toBe("identity.proof_domain");
    const mixed = prove(wallet, payload);
    mixed.proof.signature = prove(newWallet(), payload).proof.signature;
    expect(await refused(client, mixed)).toBe("identity.proof_signature");
    expect((await client.post("/api/wallets", prove(wallet, payload))).status).toBe(201);
  });

  test("for the main network is refused here", async () => {
    const client = world.http(people.other);
    const proof = prove(newWallet(), await payloadFor(client));
    proof.account.chain = "-239";
    expect(await refused(client, proof)).toBe("identity.wallet_network");
  });

  test("of a wrong form is invalid, not a fault", async () => {
    const client = world.http(people.other);
    for (const body of [{}, null, [], { account: {}, proof: {} }, { ...prove(newWallet(), "x"), extra: 1 }]) {
      expect((await client.post("/api/wallets", body)).status).toBe(422);
    }
  });
});

describe("the primary wallet", () => {
  test("is one: choosing another takes it from the first, in any spelling of the address", async () => {
    const client = world.http(1007);
    const [first, second] = [newWallet(), newWallet()];
    await link(client, first);
    await link(client, second);
    for (const spelling of [second.address.toRawString(), second.address.toString(), shown(second)]) {
      const { status, body } = await client.put(`/api/wallets/${spelling}`, { isPrimary: true });
      expect([status, body.address, body.isPrimary]).toEqual([200, shown(second), true]);
    }
    expect(await list(client)).toEqual([
      [shown(second), true],
      [shown(first), false],
    ]);
    const found = await primaryWallet(world.ctx().db, await userOf(1007));
    expect(found).toMatchObject({
      address: shown(second),
      raw: second.address.toRawString(),
      version: "v5r1",
    });
    expect(found?.publicKey).toEqual(second.keys.publicKey);
  });

  test("passes to the oldest of the others when it is removed", async () => {
    const client = world.http(1008);
    const [first, second, third] = [newWallet(), newWallet(), newWallet()];
    for (const one of [first, second, third]) await link(client, one);
    expect((await client.del(`/api/wallets/${shown(first)}`)).status).toBe(204);
    expect(await list(client)).toEqual([
      [shown(second), true],
      [shown(third), false],
    ]);
  });
});

describe("others' wallets", () => {
  test("do not exist: not to choose, not to remove, not to pin", async () => {
    const wallet = newWallet();
    await link(world.http(people.buyer), wallet);
    const client = world.http(people.seller);
    const path = `/api/wallets/${shown(wallet)}`;
    expect((await client.put(path, { isPrimary: true })).body.error.code).toBe("identity.wallet_not_found");
    expect((await client.del(path)).body.error.code).toBe("identity.wallet_not_found");
    expect((await client.del(`/api/wallets/${shown(newWallet())}`)).status).toBe(404);
    expect((await client.del(`/api/wallets/${"A".repeat(48)}`)).status).toBe(404);
    const use = { userId: await userOf(people.seller), address: shown(wallet), by: "deal:x" };
    await expect(transact(world.ctx(), (tx) => useWallet(tx, use))).rejects.toThrow("wallet_not_found");
  });
});

describe("a wallet that a deal pays to", () => {
  test("cannot be removed until the deal lets go of it", async () => {
    const client = world.http(1009);
    const wallet = newWallet();
    await link(client, wallet);
    const use = { userId: await userOf(1009), address: wallet.address.toRawString(), by: "deal:1" };
    const pinned = await transact(world.ctx(), (tx) => useWallet(tx, use));
    await transact(world.ctx(), (tx) => useWallet(tx, use));
    await transact(world.ctx(), (tx) => useWallet(tx, { ...use, by: "deal:2" }));
    expect(pinned.address).toBe(shown(wallet));
    expect((await client.get("/api/wallets")).body[0].isInUse).toBe(true);
    const path = `/api/wallets/${shown(wallet)}`;
    const refused = await client.del(path);
    expect([refused.status, refused.body.error.code]).toEqual([409, "identity.wallet_in_use"]);
    await transact(world.ctx(), (tx) => releaseWallet(tx, { by: "deal:1" }));
    expect((await client.del(path)).status).toBe(409);
    await transact(world.ctx(), (tx) => releaseWallet(tx, { by: "deal:2" }));
    expect((await client.del(path)).status).toBe(204);
  });
});

test("the verbs say who may: nobody and the system may not", async () => {
  for (const ctx of [world.ctx({ kind: "anonymous" }), world.ctx({ kind: "system", name: "x" })]) {
    await expect(createProofPayload(ctx, {})).rejects.toThrow();
    await expect(setPrimaryWallet(ctx, { address: shown(newWallet()) })).rejects.toThrow();
    await expect(removeWallet(ctx, { address: shown(newWallet()) })).rejects.toThrow();
    await expect(linkWallet(ctx, prove(newWallet(), "ab".repeat(32)))).rejects.toThrow();
  }
  const ctx = await asUser(1010);
  const { payload } = await createProofPayload(ctx, {});
  const wallet = newWallet();
  const linked = await linkWallet(ctx, prove(wallet, payload));
  expect(Address.parse(linked.address).equals(wallet.address)).toBe(true);
});
