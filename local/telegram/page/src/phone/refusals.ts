/** What Mini Apps sent and Telegram would have ignored. The panel lists it, so that a fault is seen where it is made. */

export interface RefusalNote {
  id: number;
  personId: number;
  what: string;
  why: string;
}

let notes: readonly RefusalNote[] = [];
let serial = 0;
const listeners = new Set<() => void>();

export function noteRefusal(personId: number, what: string, why: string): void {
  notes = [...notes.slice(-9), { id: ++serial, personId, what, why }];
  for (const listener of listeners) listener();
}

export const refusalNotes = {
  get: (): readonly RefusalNote[] => notes,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
