import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** One registry per process. Label values are from fixed sets: never ids, addresses or paths with ids in them. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "souk_" });
  const registers = [registry];
  return {
    registry,
    http: new Histogram({
      name: "souk_http_seconds",
      help: "Time to answer, by route template and status",
      labelNames: ["method", "route", "status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    jobs: new Counter({
      name: "souk_jobs_total",
      help: "Jobs run, by name and outcome",
      labelNames: ["job", "outcome"],
      registers,
    }),
    gateway: new Histogram({
      name: "souk_gateway_seconds",
      help: "Calls to systems we do not own, by gateway, call and outcome",
      labelNames: ["gateway", "call", "outcome"],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    gatewayUp: new Gauge({
      name: "souk_gateway_up",
      help: "1 while the circuit is closed",
      labelNames: ["gateway"],
      registers,
    }),
    disagreements: new Counter({
      name: "souk_gateway_disagreements_total",
      help: "Times that those who should say the same said different things",
      labelNames: ["gateway"],
      registers,
    }),
    gauge: (name: string, help: string, read: () => Promise<number>) =>
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await read());
        },
      }),
  };
}
