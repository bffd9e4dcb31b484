/**
 * A page that was open while a new version was installed asks for parts that the server has no more. Then the page itself is loaded anew, at the place
 * where it stands: forms keep their drafts. Not more than once in a while: where the network is at fault, the screen says so.
 */
const NOTE = "souk.reloaded";
const APART_MS = 30_000;

export function followNewVersions(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(NOTE) ?? 0);
    if (!navigator.onLine || Date.now() - last < APART_MS) return;
    event.preventDefault();
    sessionStorage.setItem(NOTE, String(Date.now()));
    location.reload();
  });
}
