/** Amounts and addresses on the screen. */
import type { ReactNode } from "react";
import type { Amount } from "../../server/src/platform/shapes.ts";
import { shortAddress } from "./address.ts";
import { assetFullNames, formatAmount, formatMinor, scales } from "./amount.ts";
import { useLanguage, useWords } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { openOutside } from "./telegram.ts";
import { toast } from "./toast.tsx";

/** `isFirst`: the asset's full name, where it is met for the first time. `isExact`: every digit, where somebody signs. */
export function AmountText(props: { value: Amount; isFirst?: boolean; isExact?: boolean }): ReactNode {
  const language = useLanguage();
  const style = props.isExact ? "exact" : "short";
  if (!props.isFirst) return <span className="tabular">{formatAmount(props.value, language, style)}</span>;
  const { amount, asset } = props.value;
  return (
    <span className="tabular">
      {formatMinor(amount, scales[asset], language, style)}{" "}
      <span className="nowrap">{assetFullNames[asset]}</span>
    </span>
  );
}

export async function copyText(text: string, done: string, failed: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done, "done");
  } catch {
    toast(failed, "trouble");
  }
}

/** An address shortened in the middle: a press copies it, the arrow opens it in the explorer. */
export function AddressText({ address, explorerUrl }: { address: string; explorerUrl?: string }): ReactNode {
  const t = useWords();
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
      <button
        type="button"
        className="text-button tabular"
        aria-label={t("kit:copyAddress", { address })}
        onClick={() => void copyText(address, t("kit:copied"), t("kit:copyFailed"))}
      >
        {shortAddress(address)}
        <Icon name="copy" size={18} />
      </button>
      {explorerUrl && <ExternalLink url={explorerUrl} label={t("kit:openExplorer")} />}
    </span>
  );
}

/** A link out of the Mini App that works by mouse, keyboard and Telegram's own browser. */
export function ExternalLink({
  url,
  label,
  text,
}: {
  url: string;
  label?: string;
  text?: string;
}): ReactNode {
  return (
    <a
      className={text ? "text-button" : "text-button is-icon"}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
      onClick={(event) => {
        event.preventDefault();
        openOutside(url);
      }}
    >
      {text}
      <Icon name="link" size={18} />
    </a>
  );
}
