/** A slot of one's own channel, new or changed. Its format stays what it was: who booked by it knows it. */
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { formatAmount, formatBps, splitOf } from "../../../../../kit/amount.ts";
import { Button, MainButton } from "../../../../../kit/button.tsx";
import { Field, focusFirstError } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Cell, ChoiceCell, Section, SwitchCell } from "../../../../../kit/list.tsx";
import { AmountText } from "../../../../../kit/money.tsx";
import { Placeholder, QueryView, Screen } from "../../../../../kit/screen.tsx";
import { haptics, useClosingConfirmation } from "../../../../../kit/telegram.ts";
import { toast } from "../../../../../kit/toast.tsx";
import { config } from "../../../kernel/config.ts";
import { useBack } from "../../../kernel/navigation.ts";
import { useChange } from "../changes.ts";
import { emptySlot, type SlotDraft, slotDraftOf, slotOf, slotProblems } from "../drafts/slot-draft.ts";
import { typedPrice } from "../drafts/typed.ts";
import { longFormat, shortFormat, topics } from "../names.ts";
import { FormatField } from "../parts/format-field.tsx";
import { PlacingSection } from "../parts/offer-fields.tsx";
import { ManyPills } from "../parts/pills.tsx";
import { zoneName } from "../parts/slot-cell.tsx";
import { SlotCode } from "../parts/slot-code.tsx";
import { WhenField } from "../parts/when-field.tsx";
import { type Slot, useSlots } from "../queries.ts";

export default function SlotEditorScreen({ id, slotId }: { id: string; slotId: string }): ReactNode {
  const t = useWords();
  const back = useBack();
  const query = useSlots(id);
  const isNew = slotId === "new";
  const slot = query.data?.items.find((one) => one.id === slotId) ?? null;
  return (
    <Screen title={t(isNew ? "ads:slots.newTitle" : "ads:slots.title")} onBack={back} hasMainButton>
      <QueryView query={query}>
        {() =>
          isNew || slot ? (
            <Editor key={slotId} channelId={id} slot={slot} />
          ) : (
            <Placeholder icon="search" title={t("ads:slots.gone")} text={t("ads:slots.goneText")} />
          )
        }
      </QueryView>
    </Screen>
  );
}

function useSlotEditor(channelId: string, slot: Slot | null) {
  const t = useWords();
  const language = useLanguage();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<SlotDraft>(() =>
    slot ? slotDraftOf(slot, language) : emptySlot(Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  const [isChecked, setChecked] = useState(false);
  const [isDirty, setDirty] = useState(false);
  useClosingConfirmation(isDirty);
  const { priceMin } = config();
  const problems = slotProblems(draft, priceMin.amount);
  const say = (name: keyof typeof problems) =>
    isChecked && problems[name]
      ? t(`ads:problem.${problems[name]}`, { min: formatAmount(priceMin, language) })
      : null;
  const change = (part: Partial<SlotDraft>) => {
    setDirty(true);
    setDraft({ ...draft, ...part });
  };
  const save = useChange<Slot>((_, { method }) => {
    toast(t(method === "DELETE" ? "ads:slots.removed" : "ads:slots.saved"), "done");
    navigate(`/channels/${channelId}/manage`, { replace: true });
  });
  const submit = () => {
    setChecked(true);
    if (Object.keys(problems).length > 0) {
      haptics.error();
      return focusFirstError();
    }
    const { format, ...terms } = slotOf(draft);
    if (slot) save.mutate({ method: "PUT", path: `/api/slots/${slot.id}`, body: terms });
    else
      save.mutate({ method: "POST", path: `/api/channels/${channelId}/slots`, body: { format, ...terms } });
  };
  return { draft, change, say, save, submit };
}

function Editor({ channelId, slot }: { channelId: string; slot: Slot | null }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { draft, change, say, save, submit } = useSlotEditor(channelId, slot);
  return (
    <>
      {slot ? (
        <Section header={t("ads:format.header")}>
          <Cell title={shortFormat(slot.format)} subtitle={longFormat(t, slot.format, language)} />
        </Section>
      ) : (
        <FormatField format={draft.format} onChange={(format) => change({ format })} error={say("format")} />
      )}
      <PriceSection draft={draft} error={say("price")} onChange={change} />
      <HoursSection
        draft={draft}
        errors={{ hours: say("hours"), leadHours: say("leadHours") }}
        onChange={change}
      />
      <PlacingSection draft={draft} onChange={change} />
      <ManyPills
        header={t("ads:slots.forbiddenHeader")}
        footer={t("ads:slots.forbiddenFooter")}
        options={topics}
        nameOf={(one) => t(`ads:topic.${one}`)}
        chosen={draft.forbiddenTopics}
        onChange={(forbiddenTopics) => change({ forbiddenTopics })}
      />
      <Section>
        <Field
          label={t("ads:slots.note")}
          placeholder={t("ads:slots.notePlaceholder")}
          lines="many"
          value={draft.note}
          max={500}
          onChange={(note) => change({ note })}
        />
      </Section>
      <Visibility draft={draft} onChange={change} />
      {slot?.code && <SlotCode slot={slot} code={slot.code} />}
      {slot && <SlotActions slot={slot} save={save} />}
      <MainButton
        text={t(slot ? "kit:save" : "ads:slots.publish")}
        isLoading={save.isPending}
        onClick={submit}
      />
    </>
  );
}

interface PartProps {
  draft: SlotDraft;
  onChange: (part: Partial<SlotDraft>) => void;
}

function PriceSection({ draft, error, onChange }: PartProps & { error: string | null }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { feeBps } = config();
  const split = splitOf(typedPrice(draft.price) ?? "0", 10_000, feeBps);
  return (
    <Section footer={t("ads:slots.priceFooter", { fee: formatBps(feeBps, language) })}>
      <Field
        label={t("ads:make.price")}
        placeholder="0"
        keyboard="decimal"
        isBig
        suffix="GRAM (ex-TON)"
        value={draft.price}
        max={24}
        onChange={(price) => onChange({ price })}
        error={error}
        testId="slot-price"
      />
      <Cell
        title={t("ads:slots.youGet")}
        after={<AmountText value={{ amount: split.seller, asset: "TON" }} />}
        isAfterStrong
      />
    </Section>
  );
}

function HoursSection(
  props: PartProps & { errors: { hours: string | null; leadHours: string | null } },
): ReactNode {
  const { draft, errors, onChange } = props;
  const t = useWords();
  const language = useLanguage();
  return (
    <Section
      header={t("ads:slots.hours")}
      footer={t("ads:slots.hoursFooter", { zone: zoneName(draft.timeZone, language) })}
    >
      <SwitchCell
        title={t("ads:slots.allDay")}
        isOn={draft.isAllDay}
        onChange={(isAllDay) => onChange({ isAllDay })}
      />
      {!draft.isAllDay && (
        <div className="field-pair">
          <WhenField
            kind="time"
            label={t("ads:slots.from")}
            value={draft.from}
            onChange={(from) => onChange({ from })}
          />
          <WhenField
            kind="time"
            label={t("ads:slots.to")}
            value={draft.to}
            error={errors.hours}
            onChange={(to) => onChange({ to })}
          />
        </div>
      )}
      <Field
        label={t("ads:slots.leadField")}
        keyboard="numeric"
        value={draft.leadHours}
        max={3}
        onChange={(leadHours) => onChange({ leadHours })}
        error={errors.leadHours}
      />
    </Section>
  );
}

function Visibility({ draft, onChange }: PartProps): ReactNode {
  const t = useWords();
  return (
    <section className="section">
      <h2 className="section-header" id="slot-visibility">
        {t("ads:slots.visibility")}
      </h2>
      <div className="section-body" role="radiogroup" aria-labelledby="slot-visibility">
        {(["public", "private"] as const).map((one) => (
          <ChoiceCell
            key={one}
            before={<Icon name={one === "public" ? "globe" : "key"} />}
            title={t(`ads:slots.${one}Title`)}
            subtitle={t(`ads:slots.${one}Text`)}
            isChosen={draft.visibility === one}
            onChoose={() => onChange({ visibility: one })}
          />
        ))}
      </div>
    </section>
  );
}

function SlotActions({ slot, save }: { slot: Slot; save: ReturnType<typeof useChange<Slot>> }): ReactNode {
  const t = useWords();
  const isActive = slot.status === "active";
  const canResume = slot.pausedBy === "publisher" || slot.pausedBy === null;
  return (
    <div className="sheet-actions">
      {(isActive || canResume) && (
        <Button
          look="tinted"
          onClick={() =>
            save.mutate({
              method: "PUT",
              path: `/api/slots/${slot.id}`,
              body: { status: isActive ? "paused" : "active" },
            })
          }
        >
          {t(isActive ? "ads:slots.pause" : "ads:slots.resume")}
        </Button>
      )}
      <Button look="danger" onClick={() => save.mutate({ method: "DELETE", path: `/api/slots/${slot.id}` })}>
        {t("ads:slots.remove")}
      </Button>
    </div>
  );
}
