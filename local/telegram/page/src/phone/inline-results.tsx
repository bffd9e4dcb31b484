import { useEffect, useState } from "react";
import type { ActResult, Chat } from "../../../protocol.ts";
import { usePhone } from "./context.ts";

type Results = Extract<ActResult, { type: "inlineResults" }>;

/** `@bot query` in the text field: the bot's offers stand over it; a tap sends one to this chat. */
export function InlineResults({ chat, query }: { chat: Chat; query: string }) {
  const { phone, words } = usePhone();
  const [results, setResults] = useState<Results | null>(null);
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const found = await phone.perform({ type: "inlineQuery", chatId: chat.id, query });
      if (wanted && found?.type === "inlineResults") setResults(found);
    }, 350);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [phone, chat.id, query]);
  if (!results || results.results.length === 0) return null;
  const choose = async (resultId: string) => {
    phone.setDraft("");
    await phone.perform({ type: "sendInlineResult", chatId: chat.id, queryId: results.queryId, resultId });
  };
  return (
    <ul className="command-list results" aria-label={words.results}>
      {results.results.map(({ id, title, description }) => (
        <li key={id}>
          <button type="button" onClick={() => void choose(id)}>
            <b>{title}</b>
            <span>{description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
