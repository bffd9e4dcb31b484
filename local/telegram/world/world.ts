/** The pretended Telegram: who and what there is. The rules of what may change stand in the modules beside. */
import { randomBytes } from "node:crypto";
import { WorldClock } from "./clock.ts";
import type { Files } from "./files.ts";
import type { BotChat, BotProfile, Channel, Dialog, Membership, Person, StoredMessage } from "./model.ts";
import { Store } from "./store.ts";
import { UpdateQueue } from "./updates.ts";

export interface BotIdentity {
  readonly id: number;
  readonly username: string;
  readonly token: string;
}

const NOBODY: Omit<BotChat, "personId"> = {
  started: false,
  blocked: false,
  mayWrite: false,
  seen: false,
  menuButton: null,
  keyboard: null,
};

export const channelDialog = (id: number): Dialog => `c:${id}`;
export const privateDialog = (a: number, b: number): Dialog => `p:${Math.min(a, b)}:${Math.max(a, b)}`;

/** Ids of accounts whose private chat a dialog is, or null for a channel. */
export function dialogParties(dialog: Dialog): readonly [number, number] | null {
  if (!dialog.startsWith("p:")) return null;
  const [, a, b] = dialog.split(":");
  return [Number(a), Number(b)];
}

export class World {
  readonly store: Store;
  readonly updates: UpdateQueue;
  readonly clock: WorldClock;
  readonly bot: BotIdentity;
  readonly files: Files;
  private dialogs = new Map<Dialog, Map<number, StoredMessage>>();

  constructor(dir: string | null, bot: BotIdentity, files: Files) {
    this.store = new Store(dir);
    this.bot = bot;
    this.files = files;
    this.updates = new UpdateQueue(this.store);
    const offset = this.store.get("counter", "clockOffset") ?? 0;
    this.clock = new WorldClock(offset, (seconds) => this.store.put("counter", "clockOffset", seconds));
    this.index();
  }

  /** Empties the world; the caller seeds it again. */
  clear(): void {
    this.store.clear();
    this.clock.restart();
    this.index();
  }

  person(id: number): Person | undefined {
    return this.store.get("person", id);
  }

  people(): Person[] {
    return this.store.all("person");
  }

  channel(id: number): Channel | undefined {
    const channel = this.store.get("channel", id);
    return channel?.deleted ? undefined : channel;
  }

  channels(): Channel[] {
    return this.store.all("channel").filter((channel) => !channel.deleted);
  }

  channelByUsername(username: string): Channel | undefined {
    const wanted = username.replace(/^@/, "").toLowerCase();
    return this.channels().find((channel) => channel.username?.toLowerCase() === wanted);
  }

  personByUsername(username: string): Person | undefined {
    const wanted = username.replace(/^@/, "").toLowerCase();
    return this.people().find((person) => person.username?.toLowerCase() === wanted);
  }

  membership(chatId: number, userId: number): Membership {
    const known = this.store.get("member", `${chatId}/${userId}`);
    return known ?? { chatId, userId, status: "left", rights: {}, promotedBy: null };
  }

  /** Everybody of the world who is or was in the channel. */
  memberships(chatId: number): Membership[] {
    return this.store.all("member").filter((member) => member.chatId === chatId);
  }

  isIn(chatId: number, userId: number): boolean {
    const { status } = this.membership(chatId, userId);
    return status !== "left" && status !== "kicked";
  }

  memberCount(channel: Channel): number {
    const known = this.memberships(channel.id).filter((m) => m.status !== "left" && m.status !== "kicked");
    return channel.crowd + known.length;
  }

  botChat(personId: number): BotChat {
    return this.store.get("botChat", personId) ?? { personId, ...NOBODY };
  }

  changeBotChat(personId: number, change: Partial<BotChat>): void {
    this.store.put("botChat", personId, { ...this.botChat(personId), ...change });
  }

  get profile(): BotProfile {
    const profile = this.store.get("profile", "bot");
    if (!profile) throw new Error("the world has not been seeded");
    return profile;
  }

  changeProfile(change: Partial<BotProfile>): void {
    this.store.put("profile", "bot", { ...this.profile, ...change });
  }

  messages(dialog: Dialog): StoredMessage[] {
    return [...(this.dialogs.get(dialog)?.values() ?? [])];
  }

  message(dialog: Dialog, id: number): StoredMessage | undefined {
    return this.dialogs.get(dialog)?.get(id);
  }

  putMessage(message: StoredMessage): void {
    let known = this.dialogs.get(message.dialog);
    if (!known) {
      known = new Map();
      this.dialogs.set(message.dialog, known);
    }
    known.set(message.id, message);
    this.store.put("message", `${message.dialog}/${message.id}`, message);
  }

  removeMessage(message: StoredMessage): void {
    this.dialogs.get(message.dialog)?.delete(message.id);
    this.store.delete("message", `${message.dialog}/${message.id}`);
  }

  /** A word that nobody can guess, for queries, prepared things and invite links. */
  token(bytes = 12): string {
    return randomBytes(bytes).toString("base64url");
  }

  reached(milestone: string): void {
    if (!this.store.get("milestone", milestone)) this.store.put("milestone", milestone, true);
  }

  private index(): void {
    this.dialogs = new Map();
    for (const message of this.store.all("message")) {
      let known = this.dialogs.get(message.dialog);
      if (!known) {
        known = new Map();
        this.dialogs.set(message.dialog, known);
      }
      known.set(message.id, message);
    }
  }
}
