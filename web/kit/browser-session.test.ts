import { expect, test } from "bun:test";
import { BrowserSession, type BrowserTokens } from "./browser-session.ts";
import { ApiError } from "./problem.ts";

const FAR = "2099-01-01T00:00:00Z";
const PAST = "2000-01-01T00:00:00Z";

function world(userId: string | null = "1001") {
  const calls: string[] = [];
  const heard: string[] = [];
  const server = { answer: "ok" as "ok" | "refused" | "offline", expiresAt: FAR, userId: "1001" };
  const session = new BrowserSession({
    userId,
    onEnded: () => heard.push("ended"),
    onOther: () => heard.push("other"),
    alone: (work) => work(),
    call: async (path) => {
      calls.push(path);
      await Promise.resolve();
      if (server.answer !== "ok") {
        const [kind, status] =
          server.answer === "offline" ? (["offline", 0] as const) : (["unauthenticated", 401] as const);
        throw new ApiError({ code: "x.y", kind, requestId: "", status });
      }
      return {
        accessToken: `access-${calls.length}`,
        accessTokenExpiresAt: server.expiresAt,
        sessionId: "s",
        user: { id: server.userId },
      } as BrowserTokens;
    },
  });
  return { session, server, calls, heard };
}

test("asks for an access token when it has none, and again when that is about to run out", async () => {
  const { session, server, calls } = world();
  server.expiresAt = PAST;
  expect(await session.current()).toBe("Bearer access-1");
  server.expiresAt = FAR;
  expect(await session.current()).toBe("Bearer access-2");
  expect(await session.current()).toBe("Bearer access-2");
  expect(calls).toEqual(["/api/auth/browser/refresh", "/api/auth/browser/refresh"]);
});

test("renews once for all who ask at the same moment", async () => {
  const { session, calls } = world();
  await Promise.all([session.current(), session.current(), session.renew()]);
  expect(calls).toHaveLength(1);
});

test("a refusal ends it; a lost connection does not", async () => {
  const { session, server, heard } = world();
  server.answer = "offline";
  expect(await session.renew().catch((error: ApiError) => error.kind)).toBe("offline");
  expect(heard).toEqual([]);
  server.answer = "refused";
  expect(await session.renew()).toBe(false);
  expect(heard).toEqual(["ended"]);
  expect(await session.current()).toBe(null);
});

test("never takes up the session of somebody else that another tab signed in", async () => {
  const { session, server, heard } = world();
  await session.current();
  server.userId = "1002";
  expect(await session.renew()).toBe(false);
  expect(heard).toEqual(["other"]);
  expect(await session.current()).toBe("Bearer access-1");
});

test("enters by a code as whoever it is of", async () => {
  const { session, server, calls } = world(null);
  server.userId = "1002";
  expect((await session.enter("code")).id).toBe("1002");
  expect(await session.current()).toBe("Bearer access-1");
  expect(calls).toEqual(["/api/auth/browser"]);
});
