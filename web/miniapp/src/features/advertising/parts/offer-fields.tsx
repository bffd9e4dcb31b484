/** Parts of the terms that an offer and an answer to one have in common. */
import type { ReactNode } from "react";
import { Field } from "../../../../../kit/form.tsx";
import { useWords } from "../../../../../kit/i18n.ts";
import { Section, SwitchCell } from "../../../../../kit/list.tsx";
import type { OfferDraft } from "../drafts/offer-draft.ts";

type Placing = Pick<OfferDraft, "isTopOfFeed" | "postedBy">;

/** Whether anything may stand above the post, and who posts it. */
export function PlacingSection(props: {
  draft: Placing;
  onChange: (part: Partial<Placing>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const t = useWords();
  return (
    <Section>
      <SwitchCell
        title={t("ads:make.top")}
        subtitle={t("ads:make.topText")}
        isOn={draft.isTopOfFeed}
        onChange={(isTopOfFeed) => onChange({ isTopOfFeed })}
      />
      <SwitchCell
        title={t("ads:make.byBot")}
        subtitle={t("ads:make.byBotText")}
        isOn={draft.postedBy === "bot"}
        onChange={(isBot) => onChange({ postedBy: isBot ? "bot" : "publisher" })}
      />
    </Section>
  );
}

export function MessageSection(props: {
  draft: Pick<OfferDraft, "message">;
  onChange: (part: Pick<OfferDraft, "message">) => void;
}): ReactNode {
  const t = useWords();
  return (
    <Section>
      <Field
        label={t("ads:make.message")}
        placeholder={t("ads:make.messagePlaceholder")}
        lines="many"
        value={props.draft.message}
        max={1000}
        onChange={(message) => props.onChange({ message })}
      />
    </Section>
  );
}
