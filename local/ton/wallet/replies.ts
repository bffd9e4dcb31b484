/** What a wallet answers a site that connects, and what it makes of the messages that a site asks for. */
import { Address, Cell, internal, loadStateInit, type MessageRelaxed } from "@ton/core";
import type { Wallet } from "../chain/people.ts";
import type { Pending } from "./book.ts";
import type { App } from "./manifest.ts";
import { CODE, type TransactionRequest } from "./requests.ts";
import { accountOf, signProof } from "./signing.ts";

export const APP_NAME = "souklocalwallet";

/** `now` is chain time in seconds. */
export function connectPayload(wallet: Wallet, pending: Extract<Pending, { kind: "connect" }>, now: number) {
  const items: object[] = [{ name: "ton_addr", ...accountOf(wallet) }];
  if (pending.proofPayload !== null) items.push(proofItem(wallet, pending.app, pending.proofPayload, now));
  for (const name of pending.unknownItems) {
    items.push({ name, error: { code: CODE.NOT_SUPPORTED, message: "Not supported" } });
  }
  return { items, device: deviceOf(wallet) };
}

function proofItem(wallet: Wallet, app: App, payload: string, timestamp: number): object {
  try {
    return { name: "ton_proof", proof: signProof(wallet, { domain: app.domain, timestamp, payload }) };
  } catch (error) {
    const message = error instanceof RangeError ? error.message : "Not signed";
    return { name: "ton_proof", error: { code: CODE.UNKNOWN, message } };
  }
}

function deviceOf(wallet: Wallet) {
  return {
    platform: "linux",
    appName: APP_NAME,
    appVersion: "1.0.0",
    maxProtocolVersion: 2,
    features: [
      "SendTransaction",
      { name: "SendTransaction", maxMessages: wallet.maxMessages, extraCurrencySupported: false },
      { name: "SignData", types: ["text", "binary", "cell"] },
    ],
  };
}

/** The messages of a request as the wallet's contract will send them; bounce as the address says. */
export function messagesOf(request: TransactionRequest): MessageRelaxed[] {
  return request.messages.map((message) => {
    const { address, isBounceable } = Address.parseFriendly(message.address);
    const init =
      message.stateInit === null ? undefined : loadStateInit(Cell.fromBase64(message.stateInit).beginParse());
    return internal({
      to: address,
      value: BigInt(message.amount),
      bounce: isBounceable,
      body: message.payload === null ? undefined : Cell.fromBase64(message.payload),
      init,
    });
  });
}
