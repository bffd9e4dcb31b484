/** Stars: to give (a group of radios), to read, and the average in words. */
import type { ReactNode } from "react";
import type { Rating } from "../../server/src/kernel/reviews/shapes.ts";
import { useLanguage, useWords } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { haptics } from "./telegram.ts";

const five = [1, 2, 3, 4, 5] as const;

/** `value` is null until something was chosen. Arrow keys move, as among native radios. */
export function StarsInput(props: {
  label: string;
  value: number | null;
  onChange: (stars: number) => void;
}): ReactNode {
  const t = useWords();
  const { value } = props;
  return (
    <div data-testid="stars-input">
      <div className="stars-input" role="radiogroup" aria-label={props.label}>
        {five.map((stars) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be a star that lights up with those before it.
          <button
            key={stars}
            type="button"
            role="radio"
            aria-checked={stars === value}
            aria-label={t("kit:stars.given", { stars, word: t(`kit:stars.words.${stars}`) })}
            tabIndex={stars === (value ?? 1) ? 0 : -1}
            onClick={() => {
              haptics.selection();
              props.onChange(stars);
            }}
          >
            <span className={stars <= (value ?? 0) ? "is-lit" : undefined}>
              <Icon name="star" size={36} />
            </span>
          </button>
        ))}
      </div>
      <p className="stars-said note" aria-hidden="true">
        {value === null ? "" : t(`kit:stars.words.${value}`)}
      </p>
    </div>
  );
}

export function Stars({ value }: { value: number }): ReactNode {
  const t = useWords();
  return (
    <span className="stars" role="img" aria-label={t("kit:stars.read", { stars: value })}>
      {five.map((stars) => (
        <span key={stars} className={stars <= value ? "is-lit" : undefined}>
          <Icon name="star" size={16} />
        </span>
      ))}
    </span>
  );
}

/** `4.8 · 12 reviews`, or that there are none yet. */
export function RatingText({ rating }: { rating: Rating }): ReactNode {
  const t = useWords();
  const language = useLanguage();
  if (rating.average === null) return <span className="hint">{t("kit:rating.none")}</span>;
  return (
    <span className="rating-text">
      <span className="is-lit">
        <Icon name="star" size={16} />
      </span>
      <span className="visually-hidden">{t("kit:rating.label")}</span>
      <span>{ratingWords(t, rating, language)}</span>
    </span>
  );
}

function ratingWords(t: ReturnType<typeof useWords>, rating: Rating, language: string): string {
  const average = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return t("kit:rating.text", { average: average.format(rating.average ?? 0), count: rating.count });
}
