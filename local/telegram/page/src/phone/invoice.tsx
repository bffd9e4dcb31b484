import { useState } from "react";
import type { InvoiceCard } from "../../../protocol.ts";
import { plural } from "../words/format.ts";
import { Avatar } from "./avatar.tsx";
import { usePhone } from "./context.ts";
import type { InvoiceSheet } from "./ui-state.ts";

/** Telegram's gold star. */
export function Star({ size }: { size: number }) {
  return (
    <svg className="star" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M12 1.8c.5 0 1 .3 1.2.8l2.5 5.6 6 .6c1.2.1 1.6 1.5.8 2.3l-4.6 4 1.4 6c.3 1.1-.9 2-1.9 1.4L12 19.4l-5.4 3.1c-1 .6-2.2-.3-1.9-1.4l1.4-6-4.6-4c-.8-.8-.4-2.2.8-2.3l6-.6 2.5-5.6c.2-.5.7-.8 1.2-.8Z"
        fill="url(#star-gold)"
      />
      <defs>
        <linearGradient id="star-gold" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#ffd951" />
          <stop offset="1" stopColor="#ff9a2e" />
        </linearGradient>
      </defs>
    </svg>
  );
}

/** What is bought, for how many Stars, and what one has; paying asks the bot first. */
export function InvoiceContent({ sheet }: { sheet: InvoiceSheet }) {
  const { phone, words, language, world, state } = usePhone();
  const [isPaying, setPaying] = useState(false);
  const missing = Math.max(0, sheet.amount - state.me.stars);
  const pay = async () => {
    setPaying(true);
    const outcome = await sheet.pay();
    setPaying(false);
    if (outcome !== "cancelled") phone.finishSheet();
  };
  const topUp = () => phone.perform({ type: "topUpStars", amount: missing });
  const stars = (count: number) => plural(language, count, words.star);
  return (
    <div className="invoice-sheet">
      <div className="invoice-balance">
        {words.starsBalance} <Star size={15} /> <b>{state.me.stars}</b>
      </div>
      <Avatar id={world.bot.id} name={world.bot.name} url={world.bot.avatarUrl} size={84} />
      <h2>{sheet.title}</h2>
      <p className="hint">{sheet.description}</p>
      <p>
        {phone.say(sheet.isMonthly ? words.invoiceAskMonthly : words.invoiceAsk, {
          title: sheet.title,
          amount: stars(sheet.amount),
        })}
      </p>
      {missing > 0 ? (
        <button type="button" className="wide-button" onClick={() => void topUp()}>
          {phone.say(words.starsGet, { amount: stars(missing) })}
        </button>
      ) : (
        <button
          type="button"
          className="wide-button"
          disabled={isPaying}
          aria-busy={isPaying}
          onClick={() => void pay()}
        >
          {isPaying ? words.starsPaying : phone.say(words.starsPay, { amount: stars(sheet.amount) })}
        </button>
      )}
      <p className="hint small">{words.starsPretended}</p>
    </div>
  );
}

/** An invoice in the bot's chat: its button stands below, as for every message. */
export function InvoiceBubble({ invoice }: { invoice: InvoiceCard }) {
  return (
    <div className="invoice-card">
      <b>{invoice.title}</b>
      <span>{invoice.description}</span>
      <span className="invoice-amount">
        <Star size={14} /> {invoice.amount}
      </span>
    </div>
  );
}
