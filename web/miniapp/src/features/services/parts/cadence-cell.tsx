/** How often the bot writes of new orders; the same choice stands among the others on the profile. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "../../../../../../server/src/kernel/identity/shapes.ts";
import { send } from "../../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../../kit/i18n.ts";
import { Cell, ChoiceCell } from "../../../../../kit/list.tsx";
import { Sheet } from "../../../../../kit/sheet.tsx";
import { haptics } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { keys, useMe } from "../../../kernel/queries.ts";

const cadences = ["now", "quarter", "hour", "day", "off"] as const;
type Cadence = (typeof cadences)[number];

export function CadenceCell(): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const saved = useMe().data?.notificationSettings.cadence.new_orders;
  const change = useMutation({
    mutationFn: (cadence: Cadence) =>
      send<Me>("PUT", "/api/users/me/notification-settings", {
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        cadence: { new_orders: cadence },
      }),
    onSuccess: (me) => client.setQueryData(keys.me, me),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const chosen = change.isPending ? change.variables : saved;
  if (!chosen) return null;
  const title = t("orders:settings.cadence");
  return (
    <>
      <Cell
        title={title}
        after={<span className="hint">{t(`profile:notifications.cadence.${chosen}`)}</span>}
        onClick={() => setOpen(true)}
        testId="cadence"
      />
      {isOpen && (
        <Sheet title={title} onClose={() => setOpen(false)}>
          <section className="section">
            <div className="section-body" role="radiogroup" aria-label={title}>
              {cadences.map((one) => (
                <ChoiceCell
                  key={one}
                  title={t(`profile:notifications.cadence.${one}`)}
                  isChosen={chosen === one}
                  onChoose={() => {
                    haptics.selection();
                    setOpen(false);
                    change.mutate(one);
                  }}
                />
              ))}
            </div>
          </section>
        </Sheet>
      )}
    </>
  );
}
