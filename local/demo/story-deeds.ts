/** What Alina and Boris do in the story, and the words beside it. It goes on from wherever the visitor has left the two. */
import { type TonConnectMessage, WalletLink } from "./connect.ts";
import { nanoOf, type SeenChannel } from "./market.ts";
import { type Origins, Person } from "./person.ts";
import { BUYER, type LocalText, type PlayView, type Scene, SELLER } from "./story-parts.ts";
import * as words from "./story-words.ts";

const PRICE_GRAM = "25";
const WAIT_MS = 30_000;
const MINUTE = 60;

type Deal = { id: string; status: string; escrow: { until: string | null } };
type Button = { text: string };
type BotChat = { kind: string; messages: { id: number; inlineKeyboard: Button[][] }[] };

const app = (path: string): PlayView => ({ kind: "app", path });

export class StoryTeller {
  private readonly origins: Origins;
  private readonly advance: (seconds: number) => Promise<void>;
  /** Long enough to see what a wallet asks. */
  private readonly look: () => Promise<void>;
  private readonly alina: Person;
  private readonly boris: Person;
  private botId = 0;
  private channel: SeenChannel | undefined;
  private link: WalletLink | undefined;
  private listingId = "";
  private dealId = "";

  constructor(origins: Origins, advance: (seconds: number) => Promise<void>, look: () => Promise<void>) {
    this.origins = origins;
    this.advance = advance;
    this.look = look;
    this.alina = new Person(SELLER, origins);
    this.boris = new Person(BUYER, origins);
  }

  /** @throws when the story cannot be told any more, with the reason. */
  async scenes(): Promise<Scene[]> {
    const [world, offered] = await Promise.all([
      this.host<{ bot: { id: number }; channels: SeenChannel[] }>("/host/world"),
      this.alina.get<{ items: { telegramId: string; listingId: string | null }[] }>(
        "/api/channels?mine=true",
      ),
    ]);
    const listed = new Set(offered.items.filter((one) => one.listingId).map((one) => one.telegramId));
    this.botId = world.bot.id;
    this.channel = world.channels.find((one) => one.ownerId === SELLER && !listed.has(String(one.id)));
    if (!this.channel)
      throw new Error("Alina has no channel left to sell: reset the world / мир пора начать заново");
    return [
      ...(await this.arrivalOf(this.alina, words.ALINA_WRITES)),
      ...this.selling(),
      ...(await this.arrivalOf(this.boris, words.BORIS_WRITES)),
      ...this.buying(),
      ...this.delivering(),
    ];
  }

  /** Bot, language, wallet; leaves out what the visitor has done already. */
  private async arrivalOf(person: Person, writes: LocalText): Promise<Scene[]> {
    const me = await person.get<{ isLanguageChosen: boolean }>("/api/users/me");
    const wallets = await person.get<unknown[] | { items: unknown[] }>("/api/wallets");
    const hasWallet = (Array.isArray(wallets) ? wallets : wallets.items).length > 0;
    const chat = (): PlayView => ({ kind: "chat", chatId: this.botId });
    const who = person.id;
    const bot: Scene[] = [
      { who, caption: writes, show: chat, act: async () => void (await person.act({ type: "startBot" })) },
      { who, caption: words.CHOOSES_LANGUAGE, act: () => this.chooseLanguage(person) },
    ];
    const wallet: Scene = {
      who,
      caption: words.CONNECTS,
      show: () => ({ kind: "wallet" }),
      act: () => this.connect(person),
      after: () => app("/profile"),
    };
    return [...(me.isLanguageChosen ? [] : bot), ...(hasWallet ? [] : [wallet])];
  }

  private selling(): Scene[] {
    const who = SELLER;
    const pick = async (): Promise<void> => this.pickChannel();
    const offer = async (): Promise<void> => this.offerChannel();
    return [
      { who, caption: words.PICKS, show: () => app("/sell"), act: pick },
      { who, caption: words.OFFERS, act: offer, after: () => app(`/listings/${this.listingId}`) },
    ];
  }

  private buying(): Scene[] {
    const who = BUYER;
    const join = async (): Promise<void> => {
      const { id } = await this.boris.post<Deal>("/api/deals", { listingId: this.listingId });
      this.dealId = id;
    };
    return [
      { who, caption: words.FINDS, show: () => app("/channels") },
      { who, caption: words.READS, show: () => app(`/listings/${this.listingId}`) },
      { who, caption: words.JOINS, act: join, after: () => this.deal() },
      {
        who,
        caption: words.PAYS,
        show: () => ({ kind: "wallet" }),
        act: () => this.pay(),
        after: () => this.deal(),
      },
      { who: SELLER, caption: words.LOCKED, show: () => this.deal(), act: () => this.until("IN_ESCROW") },
    ];
  }

  private delivering(): Scene[] {
    const channel = (): PlayView => ({ kind: "chat", chatId: this.channel?.id ?? 0 });
    const transfer = async (): Promise<void> =>
      void (await this.alina.act({ type: "transferChannel", channelId: this.channel?.id, toPerson: BUYER }));
    const seen = async (): Promise<void> => {
      await this.boris.post(`/api/deals/${this.dealId}/recheck`);
      await this.until("LIVE", "VERIFIED");
    };
    return [
      { who: SELLER, caption: words.TRANSFERS, show: channel, act: transfer, after: () => this.deal() },
      { who: BUYER, caption: words.SEEN, show: () => this.deal(), act: seen },
      { who: BUYER, caption: words.DAY_PASSES, act: () => this.verify() },
      { who: SELLER, caption: words.PAID, act: () => this.release() },
      { who: SELLER, caption: words.RECEIPT, show: () => app(`/deals/${this.dealId}/receipt`) },
    ];
  }

  private deal = (): PlayView => app(`/deals/${this.dealId}`);

  private async chooseLanguage(person: Person): Promise<void> {
    const wanted = person.id === SELLER ? "Русский" : "English";
    await repeat(`the bot has not asked ${person.id} for a language`, async () => {
      const { chats } = await this.host<{ chats: BotChat[] }>(`/host/state?person=${person.id}`);
      const messages = chats.find((chat) => chat.kind === "bot")?.messages ?? [];
      for (const { id: messageId, inlineKeyboard } of messages.toReversed()) {
        for (const [row, buttons] of inlineKeyboard.entries()) {
          const column = buttons.findIndex((button) => button.text === wanted);
          if (column < 0) continue;
          await person.act({ type: "pressInline", chatId: this.botId, messageId, row, column });
          return true;
        }
      }
      return false;
    });
  }

  private async connect(person: Person): Promise<void> {
    const { payload } = await person.post<{ payload: string }>("/api/wallets/proof-payload");
    const link = new WalletLink(this.origins.ton, person.id);
    const manifestUrl = `${this.origins.product}/tonconnect-manifest.json`;
    const asked = await link.connect({ manifestUrl, payload });
    await this.look();
    await person.post("/api/wallets", await asked.approve());
    if (person === this.boris) this.link = link;
    await this.look();
  }

  private async pickChannel(): Promise<void> {
    const { preparedId } = await this.alina.post<{ preparedId: string }>("/api/channels/picker");
    const { token } = await this.alina.act<{ token: string }>({ type: "openPreparedButton", preparedId });
    await this.alina.act({ type: "chooseChat", token, chatId: this.channel?.id });
    await repeat("the picked channel does not arrive", async () => (await this.picked()) !== undefined);
  }

  private async picked(): Promise<{ id: string } | undefined> {
    const { items } = await this.alina.get<{ items: { id: string; telegramId: string }[] }>(
      "/api/channels?mine=true",
    );
    return items.find((one) => one.telegramId === String(this.channel?.id));
  }

  private async offerChannel(): Promise<void> {
    const channel = await this.picked();
    const { id } = await this.alina.post<{ id: string }>("/api/listings", {
      channelId: channel?.id,
      title: this.channel?.title,
      description:
        "Пишу каждый день пять лет. Передам вместе с планом на месяц. / Five years of daily posts.",
      category: "lifestyle",
      price: { amount: nanoOf(PRICE_GRAM), asset: "TON" },
      visibility: "public",
    });
    this.listingId = id;
  }

  /** By the wallet that was connected in the story; by hand when the visitor connected it earlier. */
  private async pay(): Promise<void> {
    const payment = await this.boris.get<{ validUntil: number; messages: TonConnectMessage[] }>(
      `/api/deals/${this.dealId}/payment`,
    );
    if (!this.link) return this.boris.sign(payment.messages);
    // As a site does that wants its wallet to come forward.
    await this.boris.act({ type: "openLink", url: "https://t.me/souk_local_wallet_bot" });
    const asked = await this.link.pay(payment.messages, payment.validUntil);
    await this.look();
    await asked.approve();
  }

  /** To five minutes before the end of the hold: close enough for the second look. */
  private async verify(): Promise<void> {
    await this.travelTo(-5 * MINUTE);
    await this.boris.post(`/api/deals/${this.dealId}/recheck`);
    await this.until("VERIFIED", "RELEASED");
  }

  private async release(): Promise<void> {
    await this.travelTo(MINUTE);
    await this.until("RELEASED");
  }

  /** To so many seconds after the end of the contract's present state. */
  private async travelTo(after: number): Promise<void> {
    const { escrow } = await this.boris.get<Deal>(`/api/deals/${this.dealId}`);
    const { clock } = await this.host<{ clock: { now: number } }>("/host/world");
    const end = escrow.until === null ? clock.now : Math.ceil(Date.parse(escrow.until) / 1_000);
    const seconds = end + after - clock.now;
    if (seconds > 0) await this.advance(seconds);
    for (const person of [this.alina, this.boris]) person.forgetSignature();
  }

  private until(...statuses: string[]): Promise<void> {
    return repeat(`the deal does not become ${statuses.join(" or ")}`, async () => {
      const { status } = await this.boris.get<Deal>(`/api/deals/${this.dealId}`);
      return statuses.includes(status);
    });
  }

  private async host<T>(path: string): Promise<T> {
    return (await (await fetch(`${this.origins.telegram}${path}`)).json()) as T;
  }
}

async function repeat(failure: string, attempt: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while (!(await attempt())) {
    if (Date.now() > end) throw new Error(failure);
    await Bun.sleep(200);
  }
}
