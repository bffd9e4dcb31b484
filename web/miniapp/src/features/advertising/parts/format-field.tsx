/** How long a post stays: a named format, or hours of one's own. */
import type { ReactNode } from "react";
import type { Format, FormatKey } from "../../../../../../server/src/markets/channels/advertising/shapes.ts";
import { Field } from "../../../../../kit/form.tsx";
import { useLanguage, useWords } from "../../../../../kit/i18n.ts";
import { Section } from "../../../../../kit/list.tsx";
import { typedCount } from "../drafts/typed.ts";
import { formatKeys, formatOf, longFormat } from "../names.ts";
import { OnePill } from "./pills.tsx";

export function FormatField(props: {
  format: Format;
  onChange: (format: Format) => void;
  options?: readonly FormatKey[];
  error?: string | null | undefined;
}): ReactNode {
  const t = useWords();
  const language = useLanguage();
  const { format, onChange } = props;
  const hours = (name: "topHours" | "feedHours", max: number) => (
    <Field
      label={t(`ads:format.${name}`)}
      keyboard="numeric"
      value={String(format[name])}
      max={3}
      onChange={(typed) => onChange({ ...format, [name]: Math.min(max, typedCount(typed) ?? 0) })}
    />
  );
  return (
    <>
      <OnePill
        header={t("ads:format.header")}
        footer={longFormat(t, format, language)}
        error={props.error}
        options={props.options ?? formatKeys}
        nameOf={(key) => (key === "custom" ? t("ads:format.custom") : key)}
        chosen={format.key}
        onChange={(key) => key && onChange(formatOf(key))}
      />
      {format.key === "custom" && (
        <Section label={t("ads:format.custom")}>
          <div className="field-pair">
            {hours("topHours", 72)}
            {hours("feedHours", 720)}
          </div>
        </Section>
      )}
    </>
  );
}
