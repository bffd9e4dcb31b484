/**
 * News for everybody who looks at a public list, signed in or not: "something changed in `orders`". Not stored and not numbered; who may
 * have missed some is told to read the list again. One JSON string for all sockets of a process, written out by Bun's own
 * publish; ids that come close together go as one message, so that a busy list costs each reader a few messages a second.
 */
import { z } from "zod";
import { type PublicTopic, publicTopic } from "./shapes.ts";

/** What of a socket matters here. */
type Socket = {
  subscribe(topic: string): unknown;
  unsubscribe(topic: string): unknown;
  send(text: string): unknown;
};
type Send = (topic: string, text: string) => unknown;

/** The most that one message names; beyond it the list is read again. */
const idsMax = 100;
const everyMs = 250;
const payload = z.array(z.tuple([publicTopic, z.string()]));

export type PublicTopics = {
  subscribe(ws: Socket, topics: readonly PublicTopic[]): void;
  unsubscribe(ws: Socket, topics: readonly PublicTopic[]): void;
  /** What NOTIFY brought. */
  hear(notification: string): void;
  /** Notifications may have been missed: whoever listens to anything reads again. */
  readAgain(): void;
  /** The server whose sockets subscribe; before it nobody can. */
  attach(send: Send): void;
  stop(): void;
};

type Pending = { ids: Set<string>; isAll: boolean; timer?: Timer; sentAt: number };

export function createPublicTopics(): PublicTopics {
  let send: Send = () => undefined;
  const pending = new Map<PublicTopic, Pending>(
    publicTopic.options.map((topic) => [topic, { ids: new Set(), isAll: false, sentAt: 0 }]),
  );
  const flush = (topic: PublicTopic, one: Pending) => {
    const ids = one.isAll ? [] : [...one.ids];
    one.ids.clear();
    one.isAll = false;
    delete one.timer;
    one.sentAt = performance.now();
    send(topic, JSON.stringify({ type: "public", topic, ids }));
  };
  const add = (topic: PublicTopic, id: string) => {
    const one = pending.get(topic) as Pending;
    if (id === "" || one.ids.size >= idsMax) one.isAll = true;
    else one.ids.add(id);
    one.timer ??= setTimeout(() => flush(topic, one), Math.max(0, one.sentAt + everyMs - performance.now()));
  };
  return {
    subscribe(ws, topics) {
      for (const topic of topics) ws.subscribe(topic);
      ws.send(JSON.stringify({ type: "subscribed", topics }));
    },
    unsubscribe(ws, topics) {
      for (const topic of topics) ws.unsubscribe(topic);
    },
    hear(notification) {
      for (const [topic, id] of parse(notification)) add(topic, id);
    },
    readAgain() {
      for (const topic of publicTopic.options) add(topic, "");
    },
    attach(to) {
      send = to;
    },
    stop() {
      for (const one of pending.values()) clearTimeout(one.timer);
    },
  };
}

/** Another version of the program may send topics that this one does not know: those are nobody's here. */
function parse(notification: string): [PublicTopic, string][] {
  const list: unknown = JSON.parse(notification);
  return Array.isArray(list) ? list.filter((one) => payload.safeParse([one]).success) : [];
}
