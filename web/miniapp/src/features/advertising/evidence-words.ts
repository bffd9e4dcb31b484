/** How an entry of the evidence is told: its kind in words, its facts as they were recorded. */
import { hasWords, type Translate } from "../../../../kit/i18n.ts";

/** An entry of an unknown kind is still named, by its kind. */
export function kindWords(t: Translate, kind: string): string {
  const key = `channels:evidence.${kind}`;
  return hasWords(key) ? t(key) : kind.replace(/_/g, " ");
}

/** Facts by their path, `witness.page` → `alive`: exactly what was sealed, nothing made nicer. */
export function factRows(facts: Record<string, unknown>, path = ""): [string, string][] {
  return Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    const at = path ? `${path}.${name}` : name;
    if (Array.isArray(value)) {
      const isPlain = value.every((one) => one === null || typeof one !== "object");
      return isPlain
        ? [[at, value.map(String).join(", ")]]
        : value.flatMap((one, place) => factRows({ [place]: one }, at));
    }
    if (value !== null && typeof value === "object") return factRows(value as Record<string, unknown>, at);
    return [[at, String(value)]];
  });
}
