/** How often the bot writes of what, and when it is silent. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Me } from "../../../../../server/src/kernel/identity/shapes.ts";
import { send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { Cell, ChoiceCell, Section, SwitchCell } from "../../../../kit/list.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import { haptics } from "../../../../kit/telegram.ts";
import { toast } from "../../../../kit/toast.tsx";
import { type NoticeTopic, useFeatures } from "../feature.ts";
import { keys } from "../queries.ts";

type Settings = Me["notificationSettings"];
type Change = {
  cadence?: Partial<Settings["cadence"]>;
  quietHours?: Settings["quietHours"];
  timeZone?: string;
};

const cadences = ["now", "quarter", "hour", "day", "off"] as const;
const kernelTopics: readonly NoticeTopic[] = ["deals", "payments", "reviews"];
const usualNight = { from: "22:00", to: "08:00" };
/** Where the phone is: quiet hours and daily digests go by its clock. */
const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function NotificationsSection({ me }: { me: Me }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState<NoticeTopic | null>(null);
  const features = useFeatures().flatMap((feature) => feature.noticeTopics ?? []);
  const topics = [...new Set<NoticeTopic>([...kernelTopics, ...features, "news"])];
  const change = useMutation({
    mutationFn: (wanted: Change) =>
      send<Me>("PUT", "/api/users/me/notification-settings", { timeZone: here(), ...wanted }),
    onSuccess: (changed) => client.setQueryData(keys.me, changed),
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
  const pending = change.isPending ? change.variables : {};
  const cadence = { ...me.notificationSettings.cadence, ...pending.cadence };
  const quiet = pending.quietHours === undefined ? me.notificationSettings.quietHours : pending.quietHours;
  const set = (wanted: Change) => {
    haptics.selection();
    change.mutate(wanted);
  };
  return (
    <>
      <Section header={t("profile:notifications.header")} footer={t("profile:notifications.footer")}>
        {topics.map((topic) => (
          <Cell
            key={topic}
            title={t(`profile:notifications.${topic}`)}
            after={<span className="hint">{t(`profile:notifications.cadence.${cadence[topic]}`)}</span>}
            onClick={() => setOpen(topic)}
          />
        ))}
      </Section>
      <QuietHours quiet={quiet} onChange={(quietHours) => set({ quietHours })} />
      {open && (
        <CadenceSheet
          topic={open}
          chosen={cadence[open]}
          onChoose={(wanted) => {
            setOpen(null);
            set({ cadence: { [open]: wanted } });
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function CadenceSheet(props: {
  topic: NoticeTopic;
  chosen: (typeof cadences)[number];
  onChoose: (cadence: (typeof cadences)[number]) => void;
  onClose: () => void;
}): ReactNode {
  const t = useWords();
  const title = t(`profile:notifications.${props.topic}`);
  return (
    <Sheet title={title} onClose={props.onClose}>
      <section className="section">
        <div className="section-body" role="radiogroup" aria-label={title}>
          {cadences.map((one) => (
            <ChoiceCell
              key={one}
              title={t(`profile:notifications.cadence.${one}`)}
              isChosen={props.chosen === one}
              onChoose={() => props.onChoose(one)}
            />
          ))}
        </div>
      </section>
    </Sheet>
  );
}

function QuietHours(props: {
  quiet: Settings["quietHours"];
  onChange: (quiet: Settings["quietHours"]) => void;
}): ReactNode {
  const t = useWords();
  const { quiet, onChange } = props;
  return (
    <Section footer={t("profile:notifications.quietFooter")}>
      <SwitchCell
        title={t("profile:notifications.quiet")}
        isOn={quiet !== null}
        onChange={(isOn) => onChange(isOn ? usualNight : null)}
      />
      {quiet &&
        (["from", "to"] as const).map((end) => (
          <Clock
            key={end}
            label={t(`profile:notifications.${end}`)}
            value={quiet[end]}
            onChange={(value) => {
              const next = { ...quiet, [end]: value };
              if (next.from !== next.to) onChange(next);
            }}
          />
        ))}
    </Section>
  );
}

/** The phone's own clock to choose with; while it is turned nothing is sent. */
function Clock(props: { label: string; value: string; onChange: (value: string) => void }): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const done = () => {
    if (draft && draft !== props.value) props.onChange(draft);
    setDraft(null);
  };
  return (
    <label className="cell has-before">
      <span className="cell-before">
        <Icon name="clock" />
      </span>
      <span className="cell-main">
        <span className="cell-title">{props.label}</span>
      </span>
      <input
        type="time"
        className="field-input tabular"
        style={{ width: "auto" }}
        value={draft ?? props.value}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={done}
      />
    </label>
  );
}
