import { expect, test } from "bun:test";
import { ApiError } from "./problem.ts";
import { Session } from "./session.ts";

const FAR = "2099-01-01T00:00:00Z";
const PAST = "2000-01-01T00:00:00Z";

function world(stored: Record<string, string> = {}) {
  const calls: string[] = [];
  const refused = new Set<string>();
  let isOffline = false;
  let accessTokenExpiresAt = FAR;
  const storage = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
    removeItem: (key: string) => {
      delete stored[key];
    },
  };
  const call = async <T>(path: string): Promise<T> => {
    calls.push(path);
    await Promise.resolve();
    if (isOffline) throw new ApiError({ code: "kit.offline", kind: "offline", requestId: "", status: 0 });
    if (refused.has(path))
      throw new ApiError({
        code: "identity.refresh_invalid",
        kind: "unauthenticated",
        requestId: "",
        status: 401,
      });
    const tokens = {
      accessToken: `access-${calls.length}`,
      refreshToken: `refresh-${calls.length}`,
      sessionId: "s",
    };
    return { ...tokens, accessTokenExpiresAt, refreshTokenExpiresAt: FAR, user: { id: "1001" } } as T;
  };
  const open = (userId = "1001") => new Session({ initData: "signed", userId, storage, call });
  return {
    calls,
    refused,
    stored,
    open,
    expireSoon: () => {
      accessTokenExpiresAt = PAST;
    },
    goOffline: () => {
      isOffline = true;
    },
  };
}

test("before there is a session the signed data itself is sent", async () => {
  expect(await world().open().current()).toBe("tma signed");
});

test("a session outlives a reload of the page, and no second one is opened", async () => {
  const { open, calls } = world();
  await open().renew();
  expect(await open().current()).toBe("Bearer access-1");
  expect(calls).toEqual(["/api/auth/telegram"]);
});

test("many requests at once renew once: a refresh token works only once", async () => {
  const { open, calls, expireSoon } = world();
  expireSoon();
  const session = open();
  await session.renew();
  calls.length = 0;
  await Promise.all([session.current(), session.current(), session.renew()]);
  expect(calls).toEqual(["/api/auth/refresh"]);
});

test("a refused refresh falls back to Telegram's signed data, and then to being signed out", async () => {
  const { open, calls, refused, stored } = world();
  const session = open();
  await session.renew();
  refused.add("/api/auth/refresh");
  expect(await session.renew()).toBe(true);
  refused.add("/api/auth/telegram");
  expect(await session.renew()).toBe(false);
  expect(calls.at(-1)).toBe("/api/auth/telegram");
  expect(stored).toEqual({});
});

test("a lost connection does not sign anybody out", async () => {
  const { open, goOffline, stored } = world();
  const session = open();
  await session.renew();
  goOffline();
  expect(await session.renew()).toBe(false);
  expect(await session.current()).toBe("Bearer access-1");
  expect(Object.keys(stored)).toHaveLength(1);
});

test("another account of Telegram in the same tab does not inherit the session", async () => {
  const { open } = world();
  await open("1001").renew();
  expect(await open("1002").current()).toBe("tma signed");
});
