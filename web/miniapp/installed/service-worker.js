/**
 * Keeps the shell for when there is no network, and shows what the server pushes. Answers of the API are never kept: stale money is worse than none. The
 * page itself is asked of the network first, so a new version is there at once; files with a hash in their name never change. A new worker waits
 * until the pages of the old one are closed, so that these keep finding their files: also those that the server has no more, once the page has
 * asked to keep them all.
 */
const version = "__VERSION__";
const shell = __SHELL__;
const rest = __REST__;
const cacheName = `souk-${version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(shell)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith("souk-") && name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(fromCache(request));
  else if (request.mode === "navigate" && isOfTheApp(url.pathname)) event.respondWith(page(request));
});

/** Who is signed in here comes back: screens that were not opened yet are fetched while nobody waits, one after another. */
self.addEventListener("message", (event) => {
  if (event.data?.type === "keep") event.waitUntil(keepRest());
});

async function keepRest() {
  const cache = await caches.open(cacheName);
  for (const path of rest)
    if (!(await cache.match(path))) {
      const answer = await fetch(path).catch(() => null);
      // No network, or a newer version in the place of this one: what is left will be asked for again.
      if (!answer?.ok) return;
      await cache.put(path, answer);
    }
}

/** What the server answers itself is not the app's page. */
const isOfTheApp = (path) =>
  !/^\/(api|docs|health|ready|telegram|payments\/webhook)(\/|$)|\.[a-z]+$/.test(path);

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match("/", { cacheName });
    if (kept) return kept;
    throw error;
  }
}

async function fromCache(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(cacheName);
    await cache.put(request, answer.clone());
  }
  return answer;
}

self.addEventListener("push", (event) => {
  const told = event.data?.json();
  if (!told) return;
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag,
      icon: "/icon-192.png",
      data: { link: told.link },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.link ?? "/", self.location.origin);
  // A push can only lead into the app.
  if (target.origin === self.location.origin) event.waitUntil(show(target.href));
});

async function show(href) {
  const [open] = await self.clients.matchAll({ type: "window" });
  if (!open) return self.clients.openWindow(href);
  open.postMessage({ type: "open", href });
  // Refused when nobody tapped; the page is there in any case.
  await open.focus().catch(() => undefined);
}
