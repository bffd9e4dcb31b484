/** The contact that was paid for: to call, to write to, to copy. */
import type { ReactNode } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { Icon } from "../../../../../kit/icons.tsx";
import { Section } from "../../../../../kit/list.tsx";
import { copyText } from "../../../../../kit/money.tsx";
import { haptics, openOutside } from "../../../../../kit/telegram.ts";
import { reachOf } from "../contact.ts";

export function ContactSection({ contact, isFirst }: { contact: string; isFirst: boolean }): ReactNode {
  const t = useWords();
  const { text, call, message } = reachOf(contact);
  const look = (place: number): string => (place === 0 && isFirst ? "filled" : "tinted");
  return (
    <Section header={t("orders:contact.header")} testId="contact">
      <p className="contact-display" data-testid="contact-text">
        {text}
      </p>
      <div className="contact-actions">
        {call && (
          <a
            className="button"
            data-look={look(0)}
            href={call}
            onClick={haptics.tap}
            data-testid="contact-call"
          >
            <Icon name="phone" size={20} />
            {t("orders:contact.call")}
          </a>
        )}
        <a
          className="button"
          data-look={look(call ? 1 : 0)}
          href={message}
          target="_blank"
          rel="noopener noreferrer"
          data-testid="contact-message"
          onClick={(event) => {
            event.preventDefault();
            haptics.tap();
            openOutside(message);
          }}
        >
          <Icon name="message" size={20} />
          {t("orders:contact.message")}
        </a>
        <button
          type="button"
          className="button"
          data-look="plain"
          onClick={() => void copyText(contact, t("kit:copied"), t("kit:copyFailed"))}
        >
          <Icon name="copy" size={20} />
          {t("orders:contact.copy")}
        </button>
      </div>
    </Section>
  );
}
