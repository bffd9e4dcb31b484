import { type ReactNode, useState } from "react";
import type { PersonState } from "../../../protocol.ts";
import { usePage } from "../page-context.ts";
import { Icon } from "../phone/icons.tsx";
import { Money } from "./money.tsx";
import { Outside } from "./outside.tsx";
import { Refusals } from "./refusals.tsx";
import { Truth } from "./truth.tsx";
import { TrySteps } from "./try-steps.tsx";

interface SectionProps {
  title: string;
  note?: string;
  open?: boolean;
  children: ReactNode;
}

export function Section({ title, note, open: openFirst = false, children }: SectionProps) {
  const [open, setOpen] = useState(openFirst);
  return (
    <details className="section" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
        {note ? <small>{note}</small> : null}
        <Icon name="down" size={16} weight={2} />
      </summary>
      <div className="section-body">{open ? children : null}</div>
    </details>
  );
}

interface Props {
  open: boolean;
  onClose: () => void;
  states: ReadonlyMap<number, PersonState>;
}

export function Panel({ open, onClose, states }: Props) {
  const { world, words } = usePage();
  const done = world.whatToTry.filter((step) => step.done).length;
  return (
    <>
      {open ? (
        <button type="button" className="panel-scrim" aria-label={words.closePanel} onClick={onClose} />
      ) : null}
      <aside className={open ? "panel open" : "panel"} aria-label={words.world}>
        <Section title={words.tryTitle} note={`${done}/${world.whatToTry.length}`} open>
          <TrySteps />
        </Section>
        <Section title={words.realTitle} open>
          <Truth />
        </Section>
        <Section title={words.outside}>
          <Outside states={states} />
        </Section>
        {world.tonOrigin ? (
          <Section title={words.money}>
            <Money tonOrigin={world.tonOrigin} />
          </Section>
        ) : null}
        <Refusals />
        <footer className="panel-foot">
          <a href="/docs" target="_blank" rel="noreferrer">
            {words.api}
          </a>
          {world.tonOrigin ? (
            <a href={`${world.tonOrigin}/explorer`} target="_blank" rel="noreferrer">
              {words.explorer}
            </a>
          ) : null}
        </footer>
      </aside>
    </>
  );
}
