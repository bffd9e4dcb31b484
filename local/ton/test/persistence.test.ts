import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toNano } from "@ton/core";
import { startLocalTon } from "../index.ts";
import { approveLink, decide, nextRequest, openSite } from "./site.ts";

// Generous, for a machine that has other things to do as well.
setDefaultTimeout(60_000);

const dirs: string[] = [];
const fresh = () => {
  const dir = mkdtempSync(join(tmpdir(), "souk-ton-"));
  dirs.push(dir);
  return dir;
};
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true });
});

/** A link of some other visitor of the same site. */
function unansweredLink(origin: string): string {
  const request = { manifestUrl: `${origin}/manifest.json`, items: [{ name: "ton_addr" }] };
  return `tc://?${new URLSearchParams({ v: "2", id: "5e".repeat(32), r: JSON.stringify(request) })}`;
}

type Ton = Awaited<ReturnType<typeof startLocalTon>>;

function worldOf(ton: Ton) {
  const addresses = [1001, 1002, 1003, 1004].map((person) => ton.wallet(person).address.toRawString());
  return addresses.map((address) => ({
    address,
    account: ton.chain.state.account(address),
    history: ton.chain.state.ledger.of(address).map((tx) => [tx.hash, tx.trace, tx.lt, tx.balance]),
  }));
}

describe("the world on disk", () => {
  test("a stop and a start keep people, balances, history, logical time and the moved clock", async () => {
    const dataDir = fresh();
    const first = await startLocalTon({ dataDir, blockMs: 0 });
    await first.transfer({ from: 1002, to: first.wallet(1003).address, amount: toNano("7"), bounce: false });
    await first.mine();
    first.advance(86_400);
    await first.mine();
    const [world, now, head, lt] = [
      worldOf(first),
      first.now(),
      first.chain.state.head,
      first.chain.state.endLt,
    ];
    await first.stop();

    const second = await startLocalTon({ dataDir, blockMs: 0 });
    expect(worldOf(second)).toEqual(world);
    expect(second.now()).toBeGreaterThanOrEqual(now);
    expect(second.now()).toBeLessThan(now + 30);
    expect(second.chain.state.head).toBeGreaterThan(head);
    expect(second.chain.state.nextLt()).toBeGreaterThan(lt);
    await second.transfer({
      from: 1002,
      to: second.wallet(1004).address,
      amount: toNano("1"),
      bounce: false,
    });
    await second.mine();
    expect(second.chain.state.ledger.of(second.wallet(1002).address.toRawString()).length).toBe(2);
    await second.stop();
  });

  test("a process killed with messages in flight loses no coin: the flight goes on after the start", async () => {
    const dataDir = fresh();
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "../main.ts"), "--port", "0", "--data", dataDir],
      {
        stdout: "pipe",
      },
    );
    const line = await child.stdout.getReader().read();
    const { ready, port } = JSON.parse(new TextDecoder().decode(line.value)) as {
      ready: boolean;
      port: number;
    };
    expect(ready).toBe(true);
    const payee = `0:${"17".repeat(32)}`;
    await fetch(`http://localhost:${port}/control/faucet`, {
      method: "POST",
      body: JSON.stringify({ address: payee, amount: "5000000000" }),
    });
    const log = join(dataDir, "chain", "log-0.jsonl");
    while (!(await Bun.file(log).text()).includes('"txs":[{')) await Bun.sleep(5);
    child.kill("SIGKILL");
    await child.exited;
    // The line that the dying process had begun.
    appendFileSync(log, '{"kind":"block","seqno":99');

    const ton = await startLocalTon({ dataDir, blockMs: 0 });
    await ton.mine();
    const received = ton.chain.state.ledger.of(payee);
    expect(received.map((tx) => tx.balance)).toEqual([5_000_000_000n]);
    await ton.stop();
  });

  test("a long log becomes a snapshot with the same world in it, also with young blocks and waiting messages", async () => {
    const dataDir = fresh();
    const ton = await startLocalTon({ dataDir, blockMs: 0 });
    const target = ton.wallet(1003).address;
    while (readdirSync(join(dataDir, "chain")).includes("log-0.jsonl")) {
      ton.faucet(target, 1_000_000n);
      for (let index = 0; index < 60; index++) ton.advance(1);
      await ton.chain.tick();
    }
    expect(ton.chain.state.queue.size).toBeGreaterThan(0);
    const waiting = [...ton.chain.state.queue.keys()];
    const world = worldOf(ton);
    const all = ton.chain.state.ledger.everything().map((tx) => [tx.hash, tx.balance, tx.seqno]);
    await ton.stop();

    const again = await startLocalTon({ dataDir, blockMs: 0 });
    expect(worldOf(again)).toEqual(world);
    expect(again.chain.state.ledger.everything().map((tx) => [tx.hash, tx.balance, tx.seqno])).toEqual(all);
    expect([...again.chain.state.queue.keys()]).toEqual(waiting);
    const before = again.chain.state.ledger.of(target.toRawString()).length;
    await again.mine();
    expect(again.chain.state.ledger.of(target.toRawString()).length).toBe(before + waiting.length);
    await again.stop();
  });

  test("wallets remember their sites and what they were asked", async () => {
    const dataDir = fresh();
    const ton = await startLocalTon({ dataDir, blockMs: 0 });
    const site = await openSite(ton);
    const connected = new Promise((resolve) => site.connector.onStatusChange(resolve));
    await approveLink(ton, 1001, await site.link());
    await connected;
    site.connector.pauseConnection();
    const pending = await ton.engine.open(1002, unansweredLink(site.origin));
    await ton.stop();

    const again = await startLocalTon({ dataDir, blockMs: 0, port: ton.port ?? 0 });
    expect(again.engine.book.pending(1002).map((each) => each.id)).toEqual([pending?.id ?? ""]);
    const reopened = site.reopen();
    await reopened.restoreConnection();
    const answer = reopened.sendTransaction({
      validUntil: again.now() + 300,
      messages: [{ address: again.wallet(1002).address.toString({ bounceable: false }), amount: "5" }],
    });
    const request = await nextRequest(again, 1001);
    await decide(again, 1001, request.id, "approve");
    expect((await answer).boc).toStartWith("te6");
    await reopened.disconnect();
    await again.stop();
    await site.stop();
  });

  test("what was taken back stays taken back", async () => {
    const dataDir = fresh();
    const ton = await startLocalTon({ dataDir, blockMs: 0 });
    await ton.transfer({ from: 1002, to: ton.wallet(1004).address, amount: toNano("1"), bounce: false });
    await ton.chain.tick();
    expect(await ton.chain.revert(ton.chain.state.ledger.last()?.hash ?? "")).toBe(true);
    await ton.stop();
    const again = await startLocalTon({ dataDir, blockMs: 0 });
    await again.mine();
    expect(again.chain.state.ledger.everything()).toEqual([]);
    await again.stop();
  });
});
