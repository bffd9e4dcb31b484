/** Files out of the Mini App. */

/** Whether this device hands files to other apps. */
export function canShare(): boolean {
  try {
    return navigator.canShare?.({ files: [new File([""], "a.csv", { type: "text/csv" })] }) ?? false;
  } catch {
    return false;
  }
}

/** True when it was handed over; false when the person thought better of it. Throws when the device refuses. */
export async function shareFile(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file], title: file.name });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return false;
    throw error;
  }
}

const KEPT_MS = 60_000;

/** Saves it as the browser saves files. */
export function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
