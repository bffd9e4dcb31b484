import { describe, expect, test } from "bun:test";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { sign as signByLibrary } from "@tma.js/init-data-node";
import { hasHash, hasSignature, parseFields, verifyInitData } from "./init-data.ts";

const botToken = "7000000001:a-token-that-only-this-test-knows";
const botId = "7000000001";
const telegram = generateKeyPairSync("ed25519");
const telegramKey = Buffer.from(telegram.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
const keys = { botToken, botId, telegramKey };
const now = Date.parse("2026-11-20T10:00:00Z");
const alina = {
  id: 1001,
  first_name: "Алина",
  last_name: "Воронцова",
  username: "alina",
  language_code: "ru",
};

type Fields = Record<string, string>;
const base = (): Fields => ({
  query_id: "AAHdF6IQAAAAAN0XohDhrOrc",
  user: JSON.stringify(alina),
  auth_date: String(now / 1000),
  start_param: "o_ABC",
});
const checkString = (fields: Fields): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join("\n");
const hmac = (fields: Fields, token = botToken): string => {
  const secret = createHmac("sha256", "WebAppData").update(token).digest();
  return createHmac("sha256", secret).update(checkString(fields)).digest("hex");
};
const query = (fields: Fields): string => new URLSearchParams(fields).toString();
const hashed = (fields: Fields, token = botToken): string => query({ ...fields, hash: hmac(fields, token) });
const ed25519 = (fields: Fields, id = botId): string =>
  sign(null, Buffer.from(`${id}:WebAppData\n${checkString(fields)}`), telegram.privateKey).toString(
    "base64url",
  );
const verified = (raw: string, at = now) => verifyInitData(raw, keys, at);
const refusal = (raw: string, at = now): string => {
  try {
    verified(raw, at);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("published vectors", () => {
  test("the vector of the Mini Apps documentation passes with its bot's token", () => {
    const fields = parseFields(
      "query_id=AAHdF6IQAAAAAN0XohDhrOrc&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2",
    );
    const token = "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8";
    expect(hasHash(fields, fields.get("hash") ?? "", token)).toBe(true);
    expect(hasHash(fields, fields.get("hash") ?? "", `${token}x`)).toBe(false);
  });

  test("a signature that Telegram itself made passes with its production key, for its bot only", () => {
    const fields = parseFields(
      "user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ",
    );
    const key = Buffer.from("e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d", "hex");
    expect(hasSignature(fields, { botId: "7342037359", telegramKey: key })).toBe(true);
    expect(hasSignature(fields, { botId: "7342037358", telegramKey: key })).toBe(false);
  });
});

describe("genuine data", () => {
  test("a hash made with the bot's token tells the person, the time and the start parameter", () => {
    expect(verified(hashed(base()))).toEqual({
      person: {
        telegramId: "1001",
        firstName: "Алина",
        lastName: "Воронцова",
        username: "alina",
        languageCode: "ru",
        photoUrl: null,
      },
      authDateMs: now,
      startParam: "o_ABC",
    });
  });

  test("data signed by an independent library passes", () => {
    const raw = signByLibrary({ user: alina, query_id: "AAA" } as never, botToken, new Date(now));
    expect(verified(raw).person.telegramId).toBe("1001");
  });

  test("the signature is covered by the hash when both are there", () => {
    const fields = base();
    const both = { ...fields, signature: ed25519(fields) };
    expect(refusal(hashed(both))).toBe("accepted");
    const without = { ...both, hash: hmac(fields) };
    expect(refusal(query(without))).toBe("identity.init_data_forged");
  });

  test("without a hash Telegram's own signature for our bot decides", () => {
    const fields = base();
    expect(refusal(query({ ...fields, signature: ed25519(fields) }))).toBe("accepted");
    expect(refusal(query({ ...fields, signature: `${ed25519(fields)}==` }))).toBe("accepted");
    expect(refusal(query({ ...fields, signature: ed25519(fields, "7000000002") }))).toBe(
      "identity.init_data_forged",
    );
    const changed = { ...fields, user: JSON.stringify({ ...alina, id: 1002 }) };
    expect(refusal(query({ ...changed, signature: ed25519(fields) }))).toBe("identity.init_data_forged");
  });

  test("names are made storable: no control characters, no half pairs, no endless length", () => {
    const odd = {
      ...alina,
      first_name: `A\u0000\u0007\ud800${"b".repeat(500)}`,
      last_name: " \u0000 ",
      username: "",
    };
    const { person } = verified(hashed({ ...base(), user: JSON.stringify(odd) }));
    expect(person.firstName).toStartWith("A  \ufffdb");
    expect(person.firstName.length).toBe(128);
    expect([person.lastName, person.username]).toEqual([null, null]);
  });

  test("only a web address counts as a photo", () => {
    const photo = (photo_url: string) =>
      verified(hashed({ ...base(), user: JSON.stringify({ ...alina, photo_url }) })).person.photoUrl;
    expect(photo("https://t.me/i/userpic/320/a.svg")).toBe("https://t.me/i/userpic/320/a.svg");
    expect(photo("javascript:alert(1)")).toBeNull();
  });
});

describe("time", () => {
  test.each([
    [3600, "accepted"],
    [3601, "identity.init_data_stale"],
    [-60, "accepted"],
    [-61, "identity.init_data_future"],
  ])("data that is %p seconds old is %p", (age, outcome) => {
    expect(refusal(hashed(base()), now + age * 1000)).toBe(outcome);
  });
});

describe("refused", () => {
  const tampered = new URLSearchParams(hashed(base()));
  tampered.set("user", JSON.stringify({ ...alina, id: 1002 }));
  const wrongHash = new URLSearchParams(hashed(base()));
  wrongHash.set("hash", "0".repeat(64));
  const missingUser = base();
  delete missingUser.user;
  const missingDate = base();
  delete missingDate.auth_date;
  const withUser = (user: unknown) => hashed({ ...base(), user: JSON.stringify(user) });
  const cases: [string, string, string][] = [
    ["another person put in", tampered.toString(), "forged"],
    ["another hash", wrongHash.toString(), "forged"],
    [
      "a hash in capitals",
      hashed(base()).replace(/hash=.*/, (all) => all.toUpperCase().replace("HASH", "hash")),
      "forged",
    ],
    ["a field added", `${hashed(base())}&can_send_after=1`, "forged"],
    ["another bot's data", hashed(base(), "7000000002:another-bot-and-its-own-token"), "forged"],
    ["a key twice", `${hashed(base())}&user=%7B%7D`, "duplicate_key"],
    ["the hash twice", `${hashed(base())}&hash=${"0".repeat(64)}`, "duplicate_key"],
    ["nobody", hashed(missingUser), "no_user"],
    ["a bot", withUser({ ...alina, is_bot: true }), "no_user"],
    ["neither hash nor signature", query(base()), "malformed"],
    ["no time", hashed(missingDate), "malformed"],
    ["a time that is none", hashed({ ...base(), auth_date: "1e9" }), "malformed"],
    ["a user that is no JSON", hashed({ ...base(), user: "{" }), "malformed"],
    ["an id beyond what is exact", withUser({ ...alina, id: 2 ** 53 }), "malformed"],
    ["an id that is text", withUser({ ...alina, id: "1001" }), "malformed"],
    ["a negative id", withUser({ ...alina, id: -1001 }), "malformed"],
    ["nothing", "", "malformed"],
    ["noise", "%%%", "malformed"],
    ["too much", hashed({ ...base(), start_param: "a".repeat(5000) }), "malformed"],
  ];
  test.each(cases)("%s", (_name, raw, code) => {
    expect(refusal(raw)).toBe(`identity.init_data_${code}`);
  });

  test("fields glued together by a line break do not pass for others", () => {
    const fields = base();
    const hash = hmac(fields);
    // The check string is the same: `auth_date=…\nquery_id=…` is one field here and two there.
    const glued = {
      auth_date: `${fields.auth_date}\nquery_id=${fields.query_id}`,
      start_param: fields.start_param ?? "",
      user: fields.user ?? "",
      hash,
    };
    expect(refusal(query(glued))).toBe("identity.init_data_malformed");
  });
});
