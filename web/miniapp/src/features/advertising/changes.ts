/** What advertising changes. Every press has one key, so that a second one after a lost answer finds what the first has made. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { randomId, send } from "../../../../kit/api.ts";
import { useWords, wordsOfError } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { names } from "./queries.ts";

export interface Change {
  method: "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
}

/** One change at a time. Its answer makes everything of this market be asked for again; a refusal is said in words. */
export function useChange<T>(onDone?: (answer: T, change: Change) => void) {
  const t = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => send<T>(method, path, body, keyOf(method, path, body)),
    onSuccess: async (answer, change) => {
      forgetKey();
      onDone?.(answer, change);
      await client.invalidateQueries({ queryKey: names.all });
    },
    onError: (error) => toast(wordsOfError(t, error), "trouble"),
  });
}

/** The same press again has the same key; another wish, or the same wish after it was granted, has another. */
let last = { said: "", key: "" };
function keyOf(...said: unknown[]): string {
  const text = JSON.stringify(said);
  if (last.said !== text) last = { said: text, key: randomId() };
  return last.key;
}
function forgetKey(): void {
  last = { said: "", key: "" };
}
