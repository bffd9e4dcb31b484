/** toncenter's HTTP API v3, an indexer (docs.ton.org, ecosystem/api/toncenter/v3). */
import { z } from "zod";
import type { Guard } from "../../platform/gateway.ts";
import {
  type ChainEndpoint,
  cellOf,
  EndpointFault,
  jsonOf,
  type LinkedTransaction,
  MessageRefused,
  normalBody,
  rawAddress,
  saysRefused,
} from "./endpoint.ts";
import type { ChainAccount, ChainMessage } from "./port.ts";

const decimal = z.union([z.string().regex(/^\d{1,30}$/), z.number().int().nonnegative()]).transform(BigInt);
const hash = z
  .string()
  .transform((value) =>
    /^[0-9a-fA-F]{64}$/.test(value) ? value.toLowerCase() : Buffer.from(value, "base64").toString("hex"),
  )
  .pipe(z.string().length(64));
const message = z.object({
  source: z.string().nullish(),
  destination: z.string().nullish(),
  value: decimal.nullish(),
  bounced: z.boolean().nullish(),
  message_content: z.object({ body: z.string().nullish() }).nullish(),
});
const transaction = z.object({
  account: z.string(),
  hash,
  lt: decimal,
  now: z.number().int(),
  prev_trans_lt: decimal,
  description: z.object({ aborted: z.boolean().nullish() }),
  in_msg: message.nullish(),
  out_msgs: z.array(message),
  emulated: z.boolean().nullish(),
  finality: z.string().nullish(),
});
const transactions = z.object({ transactions: z.array(transaction) });
const block = z.object({ last: z.object({ gen_utime: decimal }) });
const states = z.object({
  accounts: z.array(
    z.object({
      address: z.string(),
      status: z.string(),
      balance: decimal.nullish(),
      data_boc: z.string().nullish(),
      code_hash: hash.nullish(),
      last_transaction_lt: decimal.nullish(),
    }),
  ),
});

const toMessage = (given: z.output<typeof message>): ChainMessage | null =>
  given.destination
    ? {
        source: given.source ? rawAddress(given.source) : null,
        destination: rawAddress(given.destination),
        value: given.value ?? 0n,
        isBounced: given.bounced ?? false,
        body: given.message_content?.body ? normalBody(cellOf(given.message_content.body)) : null,
      }
    : null;

const toTransaction = (given: z.output<typeof transaction>): LinkedTransaction => ({
  hash: given.hash,
  lt: given.lt,
  prevLt: given.prev_trans_lt,
  at: given.now,
  account: rawAddress(given.account),
  isAborted: given.description.aborted ?? false,
  inMessage: given.in_msg ? toMessage(given.in_msg) : null,
  // Messages to the outside world (logs) have no destination; they carry nothing that we need.
  outMessages: given.out_msgs.flatMap((one) => toMessage(one) ?? []),
});

/** Only what can never be taken back. Providers that do not say are asked for finalized data by their own default. */
const isFinal = (given: z.output<typeof transaction>): boolean =>
  given.emulated !== true && (given.finality == null || given.finality === "finalized");

const statusOf = (status: string): ChainAccount["status"] => {
  const known: Record<string, ChainAccount["status"]> = {
    active: "active",
    uninit: "uninitialized",
    uninitialized: "uninitialized",
    frozen: "frozen",
    nonexist: "nonexistent",
    nonexistent: "nonexistent",
  };
  const found = known[status];
  if (!found) throw new EndpointFault("an account status that is none");
  return found;
};

/** `baseUrl` ends in `/api/v3`. */
export function toncenterV3(options: {
  baseUrl: string;
  apiKey: string | undefined;
  guard: Guard;
}): ChainEndpoint {
  const headers: Record<string, string> = options.apiKey ? { "X-API-Key": options.apiKey } : {};

  const ask = <T extends z.ZodType>(
    call: string,
    query: Record<string, string>,
    shape: T,
  ): Promise<z.output<T>> =>
    options.guard.call(call, async (signal) => {
      const url = `${options.baseUrl}/${call}?${new URLSearchParams(query)}`;
      const response = await fetch(url, { headers, signal });
      if (!response.ok) throw new EndpointFault(`${call}: status ${response.status}`);
      const parsed = shape.safeParse(await jsonOf(response));
      if (!parsed.success) throw new EndpointFault(`${call}: an answer of another shape`);
      return parsed.data;
    });

  const now = async () => Number((await ask("masterchainInfo", {}, block)).last.gen_utime);

  return {
    name: "toncenter-v3",
    now,
    async transactions(account, afterLt, limit, upTo) {
      const query = {
        account,
        start_lt: (afterLt + 1n).toString(),
        ...(upTo ? { end_lt: upTo.lt.toString() } : {}),
        sort: "asc",
        limit: String(Math.min(limit, 1000)),
      };
      const given = await ask("transactions", query, transactions);
      return given.transactions.filter(isFinal).map(toTransaction);
    },
    async account(address) {
      // The time first: what is read after it cannot be older than it.
      const at = await now();
      const given = await ask("accountStates", { address, include_boc: "true" }, states);
      const found = given.accounts.find((one) => rawAddress(one.address) === rawAddress(address));
      const status = found ? statusOf(found.status) : "nonexistent";
      return {
        status,
        balance: found?.balance ?? 0n,
        data: status === "active" && found?.data_boc ? normalBody(cellOf(found.data_boc)) : null,
        codeHash: status === "active" ? (found?.code_hash ?? null) : null,
        lastLt: found?.last_transaction_lt ?? 0n,
        at,
      };
    },
    send: (boc) =>
      options.guard.call("message", async (signal) => {
        const response = await fetch(`${options.baseUrl}/message`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify({ boc }),
          signal,
        });
        if (response.ok) return;
        const text = await response.text();
        if (saysRefused(text)) throw new MessageRefused("the chain did not accept the message");
        throw new EndpointFault(`message: status ${response.status}`);
      }),
  };
}
