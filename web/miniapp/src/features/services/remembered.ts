/** What this device remembers of the last time, so that the next order takes half a minute. Nothing secret: it is the reader's own device. */

const read = <T>(key: string): T | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
};

const remembered = <T>(key: string) => ({
  get: (): T | null => read<T>(key),
  set: (value: T): void => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // A device without room forgets; nothing depends on it.
    }
  },
});

export const lastOrder = remembered<{ city: string; contact: string }>("souk.orders.last");
export const lastFilter = remembered<Record<string, unknown>>("souk.orders.filter");
