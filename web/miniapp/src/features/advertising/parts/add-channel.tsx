/** Bringing a channel in: Telegram's own picker, or, where a client has none, by its name once our bot is its administrator. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { send } from "../../../../../kit/api.ts";
import { Button } from "../../../../../kit/button.tsx";
import { Field } from "../../../../../kit/form.tsx";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { canRequestChat, haptics, requestChat } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { config } from "../../../kernel/config.ts";
import { useChange } from "../changes.ts";
import { names } from "../queries.ts";

export function AddChannel(): ReactNode {
  return canRequestChat() ? <ByPicker /> : <ByName />;
}

function ByPicker(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const pick = useMutation({
    mutationFn: async () => {
      const { preparedId } = await send<{ preparedId: string }>("POST", "/api/channels/picker");
      return await requestChat(preparedId);
    },
    onSuccess: (outcome) => {
      // What was picked arrives as a live event; asking again is for a connection that has lost it.
      if (outcome === "sent") {
        haptics.success();
        setTimeout(() => void client.invalidateQueries({ queryKey: names.channels }), 2000);
      } else if (!/cancel/i.test(outcome)) toast(t("ads:add.failed"), "trouble");
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  return (
    <>
      <div className="sheet-actions">
        <Button look="tinted" isLoading={pick.isPending} onClick={() => pick.mutate()} testId="pick-channel">
          {t("ads:add.pick")}
        </Button>
      </div>
      <div className="section">
        <p className="section-footer">{t("ads:add.footer")}</p>
      </div>
    </>
  );
}

/** `t.me/name`, `name` and `@name` all mean the same. */
function normalChat(typed: string): string {
  const plain = typed.trim().replace(/^(https?:\/\/)?(t\.me|telegram\.me)\//i, "");
  return /^-?\d+$/.test(plain) || plain.startsWith("@") ? plain : `@${plain}`;
}

function ByName(): ReactNode {
  const t = useWords();
  const [chat, setChat] = useState("");
  const add = useChange(() => {
    setChat("");
    toast(t("ads:add.done"), "done");
  });
  return (
    <>
      <Section
        header={t("ads:add.header")}
        footer={t("ads:add.byNameFooter", { bot: `@${config().botUsername}` })}
      >
        <Field label={t("ads:add.field")} placeholder="@channel" value={chat} max={64} onChange={setChat} />
      </Section>
      <div className="sheet-actions">
        <Button
          look="tinted"
          isLoading={add.isPending}
          isDisabled={chat.trim().length < 4}
          onClick={() =>
            add.mutate({ method: "POST", path: "/api/channels", body: { chat: normalChat(chat) } })
          }
        >
          {t("ads:add.check")}
        </Button>
      </div>
    </>
  );
}
