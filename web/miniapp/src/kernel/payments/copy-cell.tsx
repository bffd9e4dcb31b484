import type { ReactNode } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { Icon } from "../../../../kit/icons.tsx";
import { copyText } from "../../../../kit/money.tsx";

/** A row whose whole width copies what it shows. */
export function CopyCell(props: {
  title: string;
  value: string;
  copied?: string;
  testId?: string;
}): ReactNode {
  const { title, value, copied = value, testId } = props;
  const t = useWords();
  return (
    <button
      type="button"
      className="cell"
      data-testid={testId}
      aria-label={t("pay:copy", { title, value })}
      onClick={() => void copyText(copied, t("kit:copied"), t("kit:copyFailed"))}
    >
      <span className="cell-main">
        <span className="cell-subtitle">{title}</span>
        <span className="cell-title tabular">{value}</span>
      </span>
      <span className="cell-after" style={{ color: "var(--link)" }}>
        <Icon name="copy" size={20} />
      </span>
    </button>
  );
}
