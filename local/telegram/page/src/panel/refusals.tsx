import { useSyncExternalStore } from "react";
import { usePage } from "../page-context.ts";
import { refusalNotes } from "../phone/refusals.ts";

/** Shown only when a Mini App sent something that Telegram would have ignored in silence. */
export function Refusals() {
  const { world, words } = usePage();
  const notes = useSyncExternalStore(refusalNotes.subscribe, refusalNotes.get);
  if (notes.length === 0) return null;
  return (
    <section className="refusals" role="status">
      <h2>{words.refused}</h2>
      <ul>
        {notes.map(({ id, personId, what, why }) => (
          <li key={id}>
            <b>{world.people.find((person) => person.id === personId)?.firstName}</b> <code>{what}</code>:{" "}
            {why}
          </li>
        ))}
      </ul>
    </section>
  );
}
