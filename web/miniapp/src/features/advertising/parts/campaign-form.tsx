/** The fields of a campaign. */
import type { ReactNode } from "react";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { categories } from "../../../kernel/channel-categories.ts";
import {
  BRIEF_MAX,
  CATEGORIES_MAX,
  type CampaignDraft,
  type CampaignField,
  TITLE_MAX,
} from "../drafts/campaign-draft.ts";
import { formatKeys, languageName, languages, topics } from "../names.ts";
import { ManyPills } from "./pills.tsx";
import { WhenField } from "./when-field.tsx";

interface Props {
  draft: CampaignDraft;
  problems: Partial<Record<CampaignField, string>>;
  onChange: (part: Partial<CampaignDraft>) => void;
}

type Typed =
  | "membersMin"
  | "membersMax"
  | "viewsMin"
  | "budget"
  | "priceMax"
  | "erid"
  | "advertiserName"
  | "advertiserInn";

export function CampaignForm(props: Props): ReactNode {
  const { draft, problems, onChange } = props;
  const t = useWords();
  const say = (name: CampaignField) => (problems[name] ? t(`ads:problem.${problems[name]}`) : null);
  return (
    <>
      <Section footer={t("ads:campaign.briefFooter")}>
        <Field
          label={t("ads:campaign.title")}
          lines="few"
          value={draft.title}
          max={TITLE_MAX}
          onChange={(title) => onChange({ title })}
          error={say("title")}
        />
        <Field
          label={t("ads:campaign.brief")}
          placeholder={t("ads:campaign.briefPlaceholder")}
          lines="many"
          value={draft.brief}
          max={BRIEF_MAX}
          onChange={(brief) => onChange({ brief })}
          error={say("brief")}
        />
      </Section>
      <Money {...props} />
      <ManyPills
        header={t("ads:campaign.formats")}
        footer={t("ads:campaign.formatsFooter")}
        error={say("formats")}
        options={formatKeys}
        nameOf={(key) => (key === "custom" ? t("ads:format.custom") : key)}
        chosen={draft.formats}
        onChange={(formats) => onChange({ formats })}
      />
      <Audience {...props} />
      <Section header={t("ads:campaign.dates")} footer={t("ads:campaign.datesFooter")}>
        <WhenField
          kind="date"
          label={t("ads:campaign.startsAt")}
          value={draft.startsAt}
          onChange={(startsAt) => onChange({ startsAt })}
        />
        <WhenField
          kind="date"
          label={t("ads:campaign.endsAt")}
          value={draft.endsAt}
          error={say("endsAt")}
          onChange={(endsAt) => onChange({ endsAt })}
        />
      </Section>
      <ManyPills
        header={t("ads:make.topics")}
        footer={t("ads:make.topicsFooter")}
        options={topics}
        nameOf={(one) => t(`ads:topic.${one}`)}
        chosen={draft.topics}
        onChange={(chosen) => onChange({ topics: chosen })}
      />
      <Law {...props} />
    </>
  );
}

function TypedField(
  props: Props & { name: Typed; label: string; suffix?: string; max?: number; isBig?: boolean },
): ReactNode {
  const { name, draft, problems, onChange } = props;
  const t = useWords();
  const problem = name === "advertiserName" ? undefined : problems[name];
  const isMoney = name === "budget" || name === "priceMax";
  const isWords = name === "erid" || name === "advertiserName";
  return (
    <Field
      label={props.label}
      keyboard={isWords ? "text" : isMoney ? "decimal" : "numeric"}
      value={draft[name]}
      onChange={(typed) => onChange({ [name]: typed })}
      error={problem ? t(`ads:problem.${problem}`) : null}
      testId={`campaign-${name}`}
      {...(props.suffix ? { suffix: props.suffix } : {})}
      {...(props.max ? { max: props.max } : {})}
      {...(props.isBig ? { isBig: true, placeholder: "0" } : {})}
    />
  );
}

function Money(props: Props): ReactNode {
  const t = useWords();
  return (
    <Section header={t("ads:campaign.money")} footer={t("ads:campaign.budgetFooter")}>
      <TypedField {...props} name="budget" label={t("ads:campaign.budget")} suffix="GRAM (ex-TON)" isBig />
      <TypedField {...props} name="priceMax" label={t("ads:campaign.priceMaxField")} />
    </Section>
  );
}

function Audience(props: Props): ReactNode {
  const { draft, problems, onChange } = props;
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      <ManyPills
        header={t("ads:campaign.categories")}
        error={problems.categories ? t(`ads:problem.${problems.categories}`) : null}
        options={categories}
        nameOf={(one) => t(`ads:category.${one}`)}
        chosen={draft.categories}
        max={CATEGORIES_MAX}
        onChange={(chosen) => onChange({ categories: chosen })}
      />
      <ManyPills
        header={t("ads:campaign.languages")}
        footer={t("ads:campaign.languagesFooter")}
        options={languages}
        nameOf={(code) => languageName(t, code, language)}
        chosen={draft.languages}
        max={5}
        onChange={(chosen) => onChange({ languages: chosen })}
      />
      <Section header={t("ads:filter.members")} footer={t("ads:campaign.audienceFooter")}>
        <div className="field-pair">
          <TypedField {...props} name="membersMin" label={t("ads:filter.membersMin")} />
          <TypedField {...props} name="membersMax" label={t("ads:filter.membersMax")} />
        </div>
        <TypedField {...props} name="viewsMin" label={t("ads:filter.viewsMin")} />
      </Section>
    </>
  );
}

function Law(props: Props): ReactNode {
  const t = useWords();
  return (
    <Section header={t("ads:law.header")} footer={t("ads:law.adFooter")}>
      <TypedField {...props} name="erid" label={t("ads:law.erid")} max={100} />
      <TypedField {...props} name="advertiserName" label={t("ads:law.advertiserName")} max={200} />
      <TypedField {...props} name="advertiserInn" label={t("ads:law.advertiserInn")} max={12} />
    </Section>
  );
}
