import { useEffect, useRef, useState } from "react";
import { usePage } from "../page-context.ts";

interface Props {
  text: string;
  yes: string;
  onYes: () => Promise<void>;
  onNo: () => void;
}

/** A question of the page itself (not of a phone): the browser's modal dialog, because it concerns everything. */
export function ConfirmBar({ text, yes, onYes, onNo }: Props) {
  const { words } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const run = async () => {
    setBusy(true);
    await onYes();
    setBusy(false);
  };
  return (
    <dialog className="question" ref={dialog} onClose={onNo}>
      <p>{text}</p>
      <div className="question-buttons">
        <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
          {words.cancel}
        </button>
        <button
          type="button"
          className="danger-button"
          disabled={busy}
          aria-busy={busy}
          onClick={() => void run()}
        >
          {yes}
        </button>
      </div>
    </dialog>
  );
}
