/** How names of cities are compared. Pure. */

/** Letters and digits alone, small, ё as е. */
export const plainLetters = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}]/gu, "");

const latin: [string, string][] = [
  ["shch", "щ"],
  ["sch", "щ"],
  ["yo", "е"],
  ["zh", "ж"],
  ["kh", "х"],
  ["ts", "ц"],
  ["ch", "ч"],
  ["sh", "ш"],
  ["yu", "ю"],
  ["ya", "я"],
  ...[..."abvgdeziyklmnoprstufhcjwxq"].map((letter, at): [string, string] => [
    letter,
    [..."абвгдезийклмнопрстуфхкйвкк"][at] ?? "",
  ]),
];

/** A name in Latin letters as it would be written in Russian ones; others stay as they are. */
export function lettersOf(text: string): string {
  let rest = text;
  let russian = "";
  while (rest !== "") {
    const [from, to] = latin.find(([one]) => rest.startsWith(one)) ?? [rest[0] ?? "", rest[0] ?? ""];
    russian += to;
    rest = rest.slice(from.length);
  }
  return russian;
}

/** Without what Latin spellings leave out or confuse. */
export const loosely = (letters: string): string =>
  letters.replace(/[ьъ]/g, "").replace(/[йы]/g, "и").replaceAll("э", "е");

/** 0 for a beginning, 1 for a part, then by the number of slips; Infinity for what is not alike. */
export function likeness(typed: string, name: string): number {
  if (name.startsWith(typed)) return name === typed ? 0 : 0.5;
  if (typed.length >= 3 && name.includes(typed)) return 1;
  const most = typed.length <= 4 ? 1 : typed.length <= 8 ? 2 : 3;
  const slips = slipsBetween(typed, name, most);
  return slips > most ? Number.POSITIVE_INFINITY : 1 + slips;
}

/** Letters that are missing, too many, wrong, or changed places with their neighbour (optimal string alignment); beyond `most` any larger number. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_one, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
