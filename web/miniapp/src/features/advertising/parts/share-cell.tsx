/** Sends a channel, slot or campaign into any chat: as a card that the bot prepares where Telegram takes one, else as a link. */
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { send } from "../../../../../kit/api.ts";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell } from "../../../../../kit/list.tsx";
import { canShareCard, share, shareCard } from "../../../../../kit/telegram.ts";

export function ShareCell(props: {
  what: { channelId: string } | { slotCode: string } | { campaignId: string };
  url: string;
  text: string;
}): ReactNode {
  const t = useWords();
  const { what, url, text } = props;
  const run = useMutation({
    mutationFn: async () => {
      if (!canShareCard()) return share(url, text);
      const { preparedId } = await send<{ preparedId: string }>("POST", "/api/shares", what);
      await shareCard(preparedId);
    },
    // A link says the same, and needs neither the bot nor a newer Telegram.
    onError: () => share(url, text),
  });
  return (
    <Cell
      look="action"
      before={<Icon name="share" />}
      title={t("ads:card.share")}
      isDisabled={run.isPending}
      onClick={() => run.mutate()}
      testId="share"
    />
  );
}
